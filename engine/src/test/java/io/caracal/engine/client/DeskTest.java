/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.memory.LedgerExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Base of tests of a server's client side. The tree contains /a. */
abstract class DeskTest
{
    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    TestDesk server;

    @BeforeEach
    void makeServer()
    {
        server = new TestDesk(memory.ledger());
        server.applyOther(TestDesk.create("/a"));
    }

    @AfterEach
    void closeServer()
    {
        server.close();
    }
}
