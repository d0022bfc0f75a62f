/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** sasl: {@code buf token}. */
public final class SaslRequestDecoder extends RequestDecoder
{
    private int tokenOffset;
    private int tokenLength;

    @Override
    boolean decode(final JuteReader record)
    {
        tokenLength = record.readRange();
        tokenOffset = record.rangeOffset();

        return true;
    }

    /**
     * Where the token begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int tokenOffset()
    {
        return tokenOffset;
    }

    /**
     * Length of the token.
     *
     * @return bytes, {@link JuteReader#NULL} for null.
     */
    public int tokenLength()
    {
        return tokenLength;
    }
}
