/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.net.InetSocketAddress;

/** A server in a process of its own, on a free port of 127.0.0.1, that a test may stop, kill and start again. */
public interface ServerUnderTest extends AutoCloseable
{
    ServerKind kind();

    InetSocketAddress address();

    default String connectString()
    {
        return address().getHostString() + ":" + address().getPort();
    }

    boolean isAlive();

    /** Kills the process with SIGKILL and waits for its end. */
    void kill();

    /** Asks the process to end (SIGTERM) and waits for it. */
    void stop();

    /** Starts it again after {@link #kill()} or {@link #stop()}: same port, same data directory. */
    void start();

    /** The last lines that the process wrote, for messages. */
    String tail();

    /** Kills the process and removes its data. */
    @Override
    void close();
}
