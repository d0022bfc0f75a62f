/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.ClientPort;

/** An adapter under test, to which clients can be connected. */
public interface ClientPortFixture extends AutoCloseable
{
    /** A client's end of a connection. No method blocks. */
    interface Client
    {
        /**
         * Sends bytes.
         *
         * @param bytes   holds the bytes.
         * @param offset  of the first byte.
         * @param length  number of bytes, at least one.
         * @return number of bytes taken, which is smaller than the length when the connection takes no more for now, or
         *         has ended.
         */
        int send(byte[] bytes, int offset, int length);

        /**
         * Receives what has arrived since the last call.
         *
         * @return the bytes, possibly none.
         */
        byte[] receive();

        /**
         * Whether the server has ended the connection and all bytes were received.
         *
         * @return true when it has.
         */
        boolean isEnded();

        /** Ends the connection in an orderly way. */
        void disconnect();
    }

    /**
     * The adapter under test.
     *
     * @return the same one at each call.
     */
    ClientPort port();

    /**
     * Connects a client.
     *
     * @return the client's end of the connection.
     */
    Client connect();

    @Override
    void close();
}
