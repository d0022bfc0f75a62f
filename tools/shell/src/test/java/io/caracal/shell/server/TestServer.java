/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.server;

/** A server to test the shell against: fresh, on loopback, removed when closed. */
public interface TestServer extends AutoCloseable
{
    String connectString();

    @Override
    void close();
}
