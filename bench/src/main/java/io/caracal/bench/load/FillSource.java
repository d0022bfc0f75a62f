/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import org.agrona.MutableDirectBuffer;

/** Creates one generation of the znodes that a load works on. */
final class FillSource implements RequestSource
{
    /** A generation of znodes. Their parents belong to the generation before. */
    enum Generation
    {
        /** The root, and the parent of fresh znodes. */
        BASE,
        /** Parents of keys. */
        GROUPS,
        /** Keys that reads and sets choose from. */
        KEYS;

        long count(final KeySpace space)
        {
            return switch (this)
            {
                case BASE -> 2;
                case GROUPS -> space.groupCount();
                case KEYS -> space.keyCount();
            };
        }
    }

    private final RequestEncoder encoder;
    private final Generation generation;
    private long number;

    FillSource(final RequestEncoder encoder, final Generation generation)
    {
        this.encoder = encoder;
        this.generation = generation;
    }

    @Override
    public int next(final ClientConnection connection, final MutableDirectBuffer buffer, final int index, final int xid)
    {
        return switch (generation)
        {
            case BASE -> encoder.createBase(buffer, index, xid, number++);
            case GROUPS -> encoder.createGroup(buffer, index, xid, number++);
            case KEYS -> encoder.createKey(buffer, index, xid, number++);
        };
    }

    @Override
    public Operation operation()
    {
        return Operation.FILL;
    }
}
