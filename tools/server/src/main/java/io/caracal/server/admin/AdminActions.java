/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.metrics.Vital;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the admin server may do to its server, besides asking it.
 *
 * @param clientAddress where the server listens for clients, of which an edit in the dashboard is one.
 * @param counted       counts one more of a figure; called by any thread.
 */
public record AdminActions(Supplier<InetSocketAddress> clientAddress, Consumer<Vital> counted)
{
}
