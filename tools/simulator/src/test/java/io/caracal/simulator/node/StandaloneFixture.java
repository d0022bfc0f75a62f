/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

/**
 * Shared by the tests of a standalone server: a disk that outlives the server, and the error codes that clients see.
 */
abstract class StandaloneFixture
{
    static final int OK = 0;
    static final int NO_NODE = -101;
    static final int SYSTEM_ERROR = -1;

    final MemoryDisk disk = new MemoryDisk();
}
