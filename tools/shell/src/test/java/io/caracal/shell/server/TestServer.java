/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.server;

/** A server that the shell is tested against: fresh, on loopback, gone when closed. */
public interface TestServer extends AutoCloseable
{
    String connectString();

    @Override
    void close();
}
