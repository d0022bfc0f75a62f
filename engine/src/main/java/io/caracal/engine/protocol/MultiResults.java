/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** Writes the headers of the results of a multi or multiRead: one before each result, and one after the last. */
public final class MultiResults
{
    private MultiResults()
    {
    }

    /**
     * Writes the header of one result.
     *
     * @param target to write to.
     * @param type   opcode of the result record, {@link OpCode#ERROR} for an error.
     * @param error  code of the part.
     * @return the target.
     */
    public static JuteWriter part(final JuteWriter target, final int type, final int error)
    {
        return target.writeInt(type).writeBool(false).writeInt(error);
    }

    /**
     * Writes the whole result, header and record, of a part that failed or was not carried out.
     *
     * @param target to write to, {@link ReplyLength#ERROR_PART} bytes.
     * @param error  code of the part, 0 for those before the one that failed.
     */
    public static void errorPart(final JuteWriter target, final int error)
    {
        part(target, OpCode.ERROR, error).writeInt(error);
    }

    /**
     * Writes the header that ends the results.
     *
     * @param target to write to, {@link ReplyLength#PART} bytes.
     */
    public static void end(final JuteWriter target)
    {
        target.writeInt(OpCode.ERROR).writeBool(true).writeInt(-1);
    }
}
