/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * auth: {@code i32 type} (which has no meaning), {@code str scheme, buf auth}. Scheme and credentials may be null,
 * which is refused later.
 */
public final class AuthRequestDecoder extends RequestDecoder
{
    private int schemeOffset;
    private int schemeLength;
    private int authOffset;
    private int authLength;

    @Override
    boolean decode(final JuteReader record)
    {
        record.readInt();
        schemeLength = record.readRange();
        schemeOffset = record.rangeOffset();
        authLength = record.readRange();
        authOffset = record.rangeOffset();

        return true;
    }

    /**
     * Where the name of the scheme begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int schemeOffset()
    {
        return schemeOffset;
    }

    /**
     * Length of the name of the scheme.
     *
     * @return bytes, {@link JuteReader#NULL} for null.
     */
    public int schemeLength()
    {
        return schemeLength;
    }

    /**
     * Where the credentials begin. They are secret: never show them.
     *
     * @return offset within {@link #buffer()}.
     */
    public int authOffset()
    {
        return authOffset;
    }

    /**
     * Length of the credentials.
     *
     * @return bytes, {@link JuteReader#NULL} for null.
     */
    public int authLength()
    {
        return authLength;
    }
}
