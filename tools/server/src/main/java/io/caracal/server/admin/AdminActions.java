/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.metrics.Vital;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the admin server may do to its server, besides asking it.
 *
 * @param clientAddress address of the client port; edits in the dashboard are made by a client, too.
 * @param counted       increments a figure; called by any thread.
 */
public record AdminActions(Supplier<InetSocketAddress> clientAddress, Consumer<Vital> counted)
{
}
