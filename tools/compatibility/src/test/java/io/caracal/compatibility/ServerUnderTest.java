/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A server or an ensemble in a process of its own, on free ports of 127.0.0.1. A test may stop, kill and restart it.
 */
public interface ServerUnderTest extends AutoCloseable
{
    ServerKind kind();

    /** Addresses for clients: one, or one for each member of an ensemble. */
    List<InetSocketAddress> members();

    /** Address for the next client. Members take turns, so that the clients of a test use different ones. */
    InetSocketAddress address();

    /** All members, for clients that choose a server themselves. */
    default String connectString()
    {
        return members().stream().map(Loopback::text).collect(Collectors.joining(","));
    }

    boolean isAlive();

    /** Kills the process with SIGKILL and waits for its end. */
    void kill();

    /** Asks the process to end (SIGTERM) and waits for it. */
    void stop();

    /** Starts it again after {@link #kill()} or {@link #stop()}, with the same port and data directory. */
    void start();

    /** The last lines that the process printed, for messages. */
    String tail();

    /** Kills the process and removes its data. */
    @Override
    void close();
}
