/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.server.config.ServerProperty;
import java.io.IOException;

/**
 * A key that can be reloaded, with a proof that it takes effect.
 *
 * @param key   in the file.
 * @param proof runs with one value first, then with another.
 */
record KeyProof(ServerProperty key, Proof proof)
{
    /** Shows what a key does. */
    @FunctionalInterface
    interface Proof
    {
        void show(ReloadedServer server) throws IOException;
    }

    @Override
    public String toString()
    {
        return key.key();
    }
}
