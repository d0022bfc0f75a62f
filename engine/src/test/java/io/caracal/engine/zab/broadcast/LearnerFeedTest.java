/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.PeerStream;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.RecordingJournal;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.SoundLink;
import io.caracal.engine.zab.codec.CommitDecoder;
import io.caracal.engine.zab.codec.MessageHeaderDecoder;
import io.caracal.engine.zab.codec.ProposalDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests what a learner is sent when its stream has room for few messages only. */
class LearnerFeedTest
{
    private static final int MANY = 100;
    private static final UnsafeBuffer RECORD = new UnsafeBuffer(new byte[16]);

    private final MemoryLedger ledger = new MemoryLedger();
    private final ServerLog log = new ServerLog(new RecordingJournal(), ledger, 1 << 16);
    private final Stream stream = new Stream();
    private final LearnerFeed feed = new LearnerFeed(log, new PeerSender(stream), new EventSink()
    {
    });

    @BeforeEach
    void begin()
    {
        log.restart(0);
    }

    @AfterEach
    void shouldLeaveNoMemory()
    {
        log.close();
        assertEquals(0, ledger.totalBytes());
    }

    private static LearnerLink learner(final boolean isVoter)
    {
        final LearnerLink learner = new LearnerLink(3, 1, isVoter, 0);
        learner.phase = LearnerLink.Phase.UP;

        return learner;
    }

    private void propose(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            assertTrue(log.propose(log.lastZxid() + 1, RECORD, 0, RECORD.capacity()));
        }
    }

    private List<String> feed(final LearnerLink learner, final int room)
    {
        stream.sent.clear();
        stream.room = room;
        final int count = feed.feed(learner);
        assertEquals(count, stream.sent.size());

        return stream.sent;
    }

    @Test
    void shouldGoOnWhereTheStreamWasFull()
    {
        final LearnerLink voter = learner(true);
        propose(3);
        assertEquals(List.of("proposal 1", "proposal 2"), feed(voter, 2));
        assertEquals(List.of(), feed(voter, 0));
        assertEquals(List.of("proposal 3"), feed(voter, MANY));
        assertEquals(List.of(), feed(voter, MANY));
    }

    /** Else the learner would not apply it before something else is committed. */
    @Test
    void shouldTellOfACommitAgainThatTheStreamDidNotTake()
    {
        final LearnerLink voter = learner(true);
        propose(2);
        feed(voter, MANY);
        log.onCommitted(2);
        assertEquals(List.of(), feed(voter, 0));
        assertEquals(List.of("commit 2"), feed(voter, MANY));
        assertEquals(List.of(), feed(voter, MANY));
    }

    @Test
    void shouldSendAnObserverWhatIsCommittedAndNothingElse()
    {
        final LearnerLink observer = learner(false);
        propose(3);
        log.onCommitted(2);
        assertEquals(List.of("proposal 1", "proposal 2"), feed(observer, MANY));
        log.onCommitted(3);
        assertEquals(List.of("proposal 3"), feed(observer, MANY));
    }

    @Test
    void shouldTellNoCommitToALearnerThatIsNotUp()
    {
        final LearnerLink voter = learner(true);
        voter.phase = LearnerLink.Phase.ADOPTED;
        propose(1);
        feed(voter, MANY);
        log.onCommitted(1);
        assertEquals(List.of(), feed(voter, MANY));
    }

    /** A stream with room for a number of messages. */
    private static final class Stream extends SoundLink
    {
        private final List<String> sent = new ArrayList<>();
        private int room;

        @Override
        public int claim(final long serverId, final PeerStream stream, final int length)
        {
            assertEquals(PeerStream.LIVE, stream);

            return sent.size() < room ? super.claim(serverId, stream, length) : BACK_PRESSURED;
        }

        @Override
        public void commit()
        {
            final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(claimed(), 0);
            sent.add(header.templateId() == CommitDecoder.TEMPLATE_ID ? "commit " + new CommitDecoder()
                .wrapAndApplyHeader(claimed(), 0, header).zxid() : "proposal " +
                    new ProposalDecoder()
                        .wrapAndApplyHeader(claimed(), 0, header).zxid());
        }
    }
}
