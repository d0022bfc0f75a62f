/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.PeerStream;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.RecordingJournal;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.SoundLink;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.codec.AckDecoder;
import io.caracal.engine.zab.codec.MessageHeaderDecoder;
import io.caracal.engine.zab.codec.MessageHeaderEncoder;
import io.caracal.engine.zab.codec.ProposalDecoder;
import io.caracal.engine.zab.codec.ProposalEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LearnerBroadcastTest
{
    private static final long LEADER = 3;
    private static final long CONVERSATION = 77;
    private static final long JOINED = Zxid.pack(2, 5);

    private final MemoryLedger ledger = new MemoryLedger();
    private final RecordingJournal disk = new RecordingJournal();
    private final Leader leader = new Leader();
    private final ServerLog log = new ServerLog(disk, ledger, 1 << 20);
    private final LearnerBroadcast broadcast =
        new LearnerBroadcast(log, new PeerSender(leader), new EventSink()
        {
        }, LEADER, CONVERSATION);

    @BeforeEach
    void join()
    {
        log.restart(JOINED);
        log.onDurable(JOINED);
    }

    @AfterEach
    void shouldLeaveNoMemory()
    {
        log.close();
        assertEquals(0, ledger.totalBytes());
    }

    private static ProposalDecoder proposal(final long zxid, final long committedZxid)
    {
        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        new ProposalEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder()).conversation(CONVERSATION)
            .zxid(zxid).committedZxid(committedZxid).putPayload(new byte[]{ 1, 2, 3 }, 0, 3);

        return new ProposalDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
    }

    private void propose(final long zxid)
    {
        final ProposalDecoder proposal = proposal(zxid, JOINED);
        assertTrue(broadcast.isNext(proposal));
        assertTrue(broadcast.onProposal(proposal));
    }

    @Test
    void shouldLogProposalsInOrder()
    {
        propose(JOINED + 1);
        propose(JOINED + 2);
        assertEquals(List.of(JOINED + 1, JOINED + 2), disk.appended);
        assertEquals(JOINED + 2, log.lastZxid());
    }

    @Test
    void shouldSeeAHole()
    {
        propose(JOINED + 1);
        assertFalse(broadcast.isNext(proposal(JOINED + 3, JOINED)));
        assertFalse(broadcast.isNext(proposal(JOINED + 1, JOINED)), "a proposal comes twice");
        assertTrue(broadcast.isNext(proposal(JOINED + 2, JOINED)));
        assertTrue(broadcast.isNext(proposal(Zxid.pack(3, 1), JOINED)), "the first of a later epoch follows");
    }

    /** A committed transaction can be applied, which may be what makes room. */
    @Test
    void shouldTakeNothingButWhatIsSaidOfCommitsWhenTheLogIsFull()
    {
        propose(JOINED + 1);
        disk.isFull = true;
        assertFalse(broadcast.onProposal(proposal(JOINED + 2, JOINED + 1)));
        assertEquals(JOINED + 1, log.lastZxid());
        assertEquals(JOINED + 1, log.committedZxid());
        disk.isFull = false;
        propose(JOINED + 2);
    }

    @Test
    void shouldNoteWhatAProposalSaysIsCommitted()
    {
        propose(JOINED + 1);
        assertEquals(JOINED, log.committedZxid());
        assertTrue(broadcast.onProposal(proposal(JOINED + 2, JOINED + 1)));
        assertEquals(JOINED + 1, log.committedZxid());
    }

    @Test
    void shouldAcknowledgeOnlyWhatIsDurable()
    {
        propose(JOINED + 1);
        propose(JOINED + 2);
        propose(JOINED + 3);
        assertEquals(0, broadcast.acknowledge(JOINED));
        log.onDurable(JOINED + 2);
        assertEquals(1, broadcast.acknowledge(JOINED));
        assertEquals(0, broadcast.acknowledge(JOINED), "it is said twice");
        log.onDurable(JOINED + 3);
        assertEquals(1, broadcast.acknowledge(JOINED));
        assertEquals(List.of(JOINED + 2, JOINED + 3), leader.acked);
    }

    @Test
    void shouldNotAcknowledgeOneByOneWhatItJoinedWith()
    {
        propose(JOINED + 1);
        log.onDurable(JOINED + 1);
        assertEquals(0, broadcast.acknowledge(JOINED + 1));
        assertEquals(List.of(), leader.acked);
    }

    @Test
    void shouldAcknowledgeAgainWhatTheStreamDidNotTake()
    {
        propose(JOINED + 1);
        log.onDurable(JOINED + 1);
        leader.isPressedBack = true;
        assertEquals(0, broadcast.acknowledge(JOINED));
        leader.isPressedBack = false;
        assertEquals(1, broadcast.acknowledge(JOINED));
        assertEquals(List.of(JOINED + 1), leader.acked);
    }

    /** The stream to the leader. Decodes acknowledgements. */
    private static final class Leader extends SoundLink
    {
        private final List<Long> acked = new ArrayList<>();
        private boolean isPressedBack;

        @Override
        public int claim(final long serverId, final PeerStream stream, final int length)
        {
            assertEquals(LEADER, serverId);
            assertEquals(PeerStream.LIVE, stream);

            return isPressedBack ? BACK_PRESSURED : super.claim(serverId, stream, length);
        }

        @Override
        public void commit()
        {
            final AckDecoder ack = new AckDecoder().wrapAndApplyHeader(claimed(), 0, new MessageHeaderDecoder());
            assertEquals(CONVERSATION, ack.conversation());
            acked.add(ack.zxid());
        }
    }
}
