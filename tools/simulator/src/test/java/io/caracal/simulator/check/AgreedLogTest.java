/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgreedLogTest
{
    private static final long EPOCH_2 = 2L << 32;
    private final AgreedLog log = new AgreedLog();

    @BeforeEach
    void startThree()
    {
        for (long server = 1; server <= 3; server++)
        {
            log.onStart(server);
            log.onLoaded(server, 0);
        }
    }

    @Test
    void shouldAgreeWhenAllApplyTheSame()
    {
        for (long server = 1; server <= 3; server++)
        {
            for (int zxid = 1; zxid <= 3; zxid++)
            {
                log.onLogged(server, zxid, TestTxns.error(zxid), 0);
                log.onApplied(server, zxid);
            }
        }

        assertEquals(3, log.lastAgreedZxid());
        assertEquals(3, log.appliedZxid(2));
    }

    @Test
    void shouldSeeTwoMeaningsOfAZxid()
    {
        log.onLogged(1, 1, TestTxns.error(1), 0);
        Broken.rule("server 2 logs 0:1 with other bytes than server ", () -> log.onLogged(2, 1, TestTxns.error(2), 0));
    }

    @Test
    void shouldSeeThatSomethingCommittedIsLost()
    {
        log.onLogged(1, 1, TestTxns.error(1), 0);
        log.onLogged(1, 2, TestTxns.error(2), 0);
        log.onApplied(1, 1);
        log.onApplied(1, 2);
        log.onLogged(2, 1, TestTxns.error(1), 0);
        log.onApplied(2, 1);
        log.onLogged(2, EPOCH_2 + 1, TestTxns.error(3), 0);
        Broken.rule("server 2 applies 2:1 where others have ", () -> log.onApplied(2, EPOCH_2 + 1));
    }

    @Test
    void shouldSeeThatWhatIsNotLoggedIsApplied()
    {
        Broken.rule("only what is logged is applied: server 1 ", () -> log.onApplied(1, 1));
    }

    @Test
    void shouldSeeThatWhatWasAppliedIsCut()
    {
        log.onLogged(1, 1, TestTxns.error(1), 0);
        log.onApplied(1, 1);
        Broken.rule("server 1 cuts after 0:0 and has applied 0:1", () -> log.onTruncated(1, 0));
    }

    @Test
    void shouldSeeASnapshotOfWhatIsNotCommitted()
    {
        log.onLogged(1, 1, TestTxns.error(1), 0);
        Broken.rule("server 1 publishes one of 0:1", () -> log.onPublished(1, 1));
        Broken.rule("server 2 loads one of 0:1", () -> log.onLoaded(2, 1));
    }

    @Test
    void shouldSeeALogThatGoesBack()
    {
        log.onLogged(1, 2, TestTxns.error(2), 0);
        Broken.rule("server 1 logs 0:1 after 0:2", () -> log.onLogged(1, 1, TestTxns.error(1), 0));
    }
}
