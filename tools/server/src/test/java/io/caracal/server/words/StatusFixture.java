/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.operator.codec.ServerRole;
import io.caracal.engine.operator.codec.ServerStatusEncoder;
import io.caracal.engine.zab.election.Obstacle;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** The status of a server with a small tree, led by server 3 in epoch 6, which has just promised epoch 7. */
public final class StatusFixture
{
    private StatusFixture()
    {
    }

    /** Returns the status of a server in a role, with whatever else a test wants to be different. */
    public static ServerStatus status(final ServerRole role, final Consumer<ServerStatusEncoder> changes)
    {
        final UnsafeBuffer buffer =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + ServerStatusEncoder.BLOCK_LENGTH]);
        final ServerStatusEncoder status = new ServerStatusEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .role(role).serving(BooleanType.T).writesRefused(BooleanType.F).quorumLacksRoom(BooleanType.F)
            .lastAppliedZxid(5).znodeCount(5).acceptedEpoch(7).currentEpoch(6).leader(3)
            .obstacle((short)Obstacle.NONE.ordinal()).hinderer(-1).lastSnapshotZxid(-1).lastSnapshotTimeMs(-1);
        changes.accept(status);

        return ServerStatus.of(buffer, 0);
    }
}
