/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.client;

import java.nio.file.Path;

/**
 * How to reach a server.
 *
 * @param servers host:port[,host:port...][/chroot].
 * @param timeoutMs session timeout to ask for, above zero.
 * @param readOnly whether a server without a quorum will do.
 * @param waitForConnection whether to give the server the whole timeout to answer.
 * @param configuration properties file of the client library; null for none.
 * @param quiet whether to connect without printing anything.
 */
public record ConnectOptions(String servers, int timeoutMs, boolean readOnly, boolean waitForConnection,
    Path configuration,
    boolean quiet)
{
}
