/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Histories that violate the rules of quotas, and some that are permitted. */
class QuotaCheckerTest
{
    private static final String REFUSAL = "a quota refuses what goes beyond it, and nothing else: ";
    private static final String LIMITS = "/zookeeper/quota/a/zookeeper_limits";
    private static final String USAGE = "/zookeeper/quota/a/zookeeper_stats";

    private final RationedLog rationed = new RationedLog();

    @BeforeEach
    void createParent()
    {
        rationed.create("/a", "12345");
    }

    @Test
    void shouldSeeAZnodeTooMany()
    {
        rationed.limit("/a", RationedLog.hard(2, -1));
        rationed.create("/a/1", "");
        Broken.rule(REFUSAL, () -> rationed.create("/a/2", ""));
    }

    @Test
    void shouldSeeAByteTooMany()
    {
        rationed.limit("/a", RationedLog.hard(-1, 8));
        rationed.create("/a/1", "678");
        Broken.rule(REFUSAL, () -> rationed.create("/a/2", "9"));
    }

    @Test
    void shouldPermitAZnodeWithoutDataHoweverManyBytesThereAre()
    {
        rationed.limit("/a", RationedLog.hard(-1, 0));
        rationed.create("/a/1", "");
        rationed.set("/a", "54321");
        assertEquals("count=2,bytes=5", rationed.usage("/a"));
    }

    @Test
    void shouldSeeThatMoreIsUsedStillAfterALittleIsGivenBack()
    {
        rationed.limit("/a", RationedLog.hard(-1, 2));
        Broken.rule(REFUSAL, () -> rationed.set("/a", "123"));
    }

    @Test
    void shouldPermitWhatWasUnderWayTogether()
    {
        rationed.limit("/a", RationedLog.hard(2, -1));
        rationed.propose(rationed.body("/a/1", "", 0));
        rationed.propose(rationed.body("/a/2", "", 0));
        rationed.apply();
        rationed.apply();
        Broken.rule(REFUSAL, () -> rationed.create("/a/3", ""));
    }

    @Test
    void shouldPermitThatAMultiExceedsWhatItUsesUpItself()
    {
        rationed.limit("/a", RationedLog.hard(-1, 8));
        rationed.agree(to ->
        {
            to.multi();
            rationed.set(to, "/a", "12345678");
            rationed.body("/a/1", "678", 0).accept(to);
            to.endMulti(2);
        });
        assertEquals("count=2,bytes=11", rationed.usage("/a"));
    }

    @Test
    void shouldSeeARefusalWithoutNeed()
    {
        rationed.limit("/a", RationedLog.hard(2, 5));
        rationed.agree(to -> to.error(Operation.QUOTA_EXCEEDED));
        Broken.rule(REFUSAL, () -> rationed.answer(RationedLog.operation(Operation.Kind.CREATE, "/a/1", ""),
            Operation.QUOTA_EXCEEDED));
    }

    @Test
    void shouldPermitARefusal()
    {
        rationed.limit("/a", RationedLog.hard(1, 5));
        rationed.agree(to -> to.error(Operation.QUOTA_EXCEEDED));
        rationed.answer(RationedLog.operation(Operation.Kind.CREATE, "/a/1", ""), Operation.QUOTA_EXCEEDED);
    }

    @Test
    void shouldSeeThatTheVersionIsLookedAtBeforeTheQuota()
    {
        rationed.limit("/a", RationedLog.hard(-1, 5));
        rationed.agree(to -> to.error(Operation.BAD_VERSION));
        final Operation set = RationedLog.operation(Operation.Kind.SET_DATA, "/a", "123456");
        set.version = 9;
        Broken.rule(REFUSAL, () -> rationed.answer(set, Operation.BAD_VERSION));
    }

    @Test
    void shouldSeeThatTheQuotaIsLookedAtBeforeTheZnode()
    {
        rationed.limit("/a", RationedLog.hard(1, -1));
        rationed.agree(to -> to.error(Operation.QUOTA_EXCEEDED));
        Broken.rule(REFUSAL, () -> rationed.answer(RationedLog.operation(Operation.Kind.CREATE, "/a", ""),
            Operation.QUOTA_EXCEEDED));
    }

    @Test
    void shouldSeeAMultiRefusedForLimitsThatItSetsItself()
    {
        rationed.limit("/a", RationedLog.hard(-1, -1));
        final Operation multi = RationedLog.operation(Operation.Kind.MULTI, "", null);
        multi.parts.add(RationedLog.operation(Operation.Kind.SET_DATA, LIMITS, RationedLog.hard(1, -1)));
        multi.parts.add(RationedLog.operation(Operation.Kind.CREATE, "/a/1", ""));
        rationed.agree(to -> to.multiError(2, 1, Operation.QUOTA_EXCEEDED));
        Broken.rule(REFUSAL, () -> rationed.answer(multi, 0));
    }

    @Test
    void shouldPermitThatAPartOfAMultiIsRefused()
    {
        rationed.limit("/a", RationedLog.hard(-1, 6));
        final Operation multi = RationedLog.operation(Operation.Kind.MULTI, "", null);
        multi.parts.add(RationedLog.operation(Operation.Kind.SET_DATA, "/a", ""));
        multi.parts.add(RationedLog.operation(Operation.Kind.SET_DATA, "/a", "12"));
        multi.partErrors.add(0);
        multi.partErrors.add(Operation.QUOTA_EXCEEDED);
        rationed.agree(to -> to.multiError(2, 1, Operation.QUOTA_EXCEEDED));
        rationed.answer(multi, 0);
    }

    @Test
    void shouldSeeAUsageThatIsNotWhatTheTreeHolds()
    {
        rationed.limit("/a", RationedLog.hard(9, 9));
        rationed.create("/a/1", "");
        final Operation read = RationedLog.operation(Operation.Kind.GET_DATA, USAGE, null);
        read.resultData = "count=2,bytes=5";
        rationed.answer(read, 0);
        read.resultData = "count=1,bytes=5";
        Broken.rule("the usage of a quota is what the tree holds: ", () -> rationed.answer(read, 0));
    }
}
