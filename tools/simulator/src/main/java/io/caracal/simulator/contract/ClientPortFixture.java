/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.ClientPort;

/** One adapter under test, with its limits, and the way to connect to it. */
public interface ClientPortFixture extends AutoCloseable
{
    /** A client's end of a connection. No method waits. */
    interface Client
    {
        /**
         * Sends some bytes.
         *
         * @param bytes   holds them.
         * @param offset  of the first.
         * @param length  how many, at least one.
         * @return how many were taken; fewer when the connection takes no more for now, or has ended.
         */
        int send(byte[] bytes, int offset, int length);

        /**
         * Receives what has arrived since the last call.
         *
         * @return the bytes, possibly none.
         */
        byte[] receive();

        /**
         * Whether everything was received and the server has ended the connection.
         *
         * @return true when it has.
         */
        boolean isEnded();

        /** Ends the connection in good order. */
        void disconnect();
    }

    /**
     * The adapter.
     *
     * @return the same one at each call.
     */
    ClientPort port();

    /**
     * Connects a client.
     *
     * @return the client's end.
     */
    Client connect();

    @Override
    void close();
}
