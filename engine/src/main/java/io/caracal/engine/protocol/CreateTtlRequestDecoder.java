/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** createTTL: the record of create, then {@code i64 ttl}. */
public final class CreateTtlRequestDecoder extends CreateRequestDecoder
{
    private long ttlMs;

    @Override
    boolean decode(final JuteReader record)
    {
        final boolean isSound = super.decode(record);
        ttlMs = record.readLong();

        return isSound;
    }

    @Override
    public long ttlMs()
    {
        return ttlMs;
    }
}
