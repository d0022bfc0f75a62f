/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.SplittableRandom;

import org.agrona.MutableDirectBuffer;

/** Draws operations from a mix and keys from a distribution. */
final class MixSource implements RequestSource
{
    private final RequestEncoder encoder;
    private final OperationMix mix;
    private final KeyDistribution keys;
    private final SplittableRandom random;
    private Operation operation;

    MixSource(
        final RequestEncoder encoder, final OperationMix mix, final KeyDistribution keys, final SplittableRandom random)
    {
        this.encoder = encoder;
        this.mix = mix;
        this.keys = keys;
        this.random = random;
    }

    @Override
    public int next(final ClientConnection connection, final MutableDirectBuffer buffer, final int index, final int xid)
    {
        operation = mix.next(random);
        return switch (operation)
        {
            case GET -> encoder.getData(buffer, index, xid, keys.next(random), false);
            case WATCH -> encoder.getData(buffer, index, xid, keys.next(random), true);
            case EXISTS -> encoder.exists(buffer, index, xid, keys.next(random));
            case LIST -> encoder.children(buffer, index, xid, keys.next(random));
            case SET -> encoder.setData(buffer, index, xid, keys.next(random));
            case MULTI -> encoder.multi(buffer, index, xid, keys.next(random), keys.next(random));
            case CREATE ->
                encoder.createFresh(buffer, index, xid, connection.sessionId(), connection.nextFresh(), false);
            case EPHEMERAL -> ephemeral(connection, buffer, index, xid);
            case FILL -> throw new IllegalStateException("a mix does not fill");
        };
    }

    /**
     * Creates the ephemeral znode of a connection, or deletes it if it was created before. Requests of one connection
     * are answered in order, so a delete may follow its create at once.
     */
    private int ephemeral(
        final ClientConnection connection, final MutableDirectBuffer buffer, final int index, final int xid)
    {
        if (connection.ephemeral() == ClientConnection.NONE)
        {
            connection.ephemeral(connection.nextFresh());
            return encoder.createFresh(buffer, index, xid, connection.sessionId(), connection.ephemeral(), true);
        }

        final long counter = connection.ephemeral();
        connection.ephemeral(ClientConnection.NONE);
        return encoder.deleteFresh(buffer, index, xid, connection.sessionId(), counter);
    }

    @Override
    public Operation operation()
    {
        return operation;
    }
}
