/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * Exact lengths of frames in bytes, prefix and header included, known before a byte is written. The second half gives
 * the lengths of the pieces of a multi's reply.
 */
public final class ReplyLength
{
    /**
     * Longest frame that is ever made. No client reads a frame that long, and no port keeps that much for one
     * connection. What a port adds around a frame still leaves the length within an int.
     */
    public static final int MAX = 1 << 30;

    /** The length field of a frame. */
    public static final int PREFIX = 4;

    /**
     * Prefix and reply header: also the whole frame of every error and of replies without a body, such as those of
     * ping, delete and setWatches.
     */
    public static final int HEADER = PREFIX + 16;

    /** exists, setData, setACL. */
    public static final int STAT = HEADER + StatEncoder.LENGTH;

    /** getAllChildrenNumber, addWatch. */
    public static final int INT = HEADER + Integer.BYTES;

    /** Header of one result of a multi, and its terminator; the whole result of delete and check. */
    public static final int PART = 9;

    /** One result of a multi that failed. */
    public static final int ERROR_PART = PART + Integer.BYTES;

    /** A multi without parts, and the answer to a multiRead that does not decode. */
    public static final int EMPTY_MULTI = HEADER + PART;

    private ReplyLength()
    {
    }

    /**
     * create, sync, sasl: one string or buffer.
     *
     * @param length of its bytes, {@link JuteReader#NULL} for null.
     * @return length of the frame.
     */
    public static int ofRange(final int length)
    {
        return HEADER + JuteWriter.lengthOfRange(length);
    }

    /**
     * create2, createContainer, createTTL, getData, reconfig: one string or buffer and a stat.
     *
     * @param length of its bytes, {@link JuteReader#NULL} for null.
     * @return length of the frame.
     */
    public static int ofRangeAndStat(final int length)
    {
        return ofRange(length) + StatEncoder.LENGTH;
    }

    /**
     * getACL.
     *
     * @param aclLength encoded vector of ACL entries, count included.
     * @return length of the frame.
     */
    public static int ofAcl(final int aclLength)
    {
        return HEADER + aclLength + StatEncoder.LENGTH;
    }

    /**
     * getChildren, getEphemerals.
     *
     * @param count      number of strings.
     * @param bytesTotal sum of the lengths of their bytes.
     * @return length of the frame.
     */
    public static long ofStrings(final int count, final long bytesTotal)
    {
        return HEADER + lengthOfStrings(count, bytesTotal);
    }

    /**
     * getChildren2.
     *
     * @param count      number of strings.
     * @param bytesTotal sum of the lengths of their bytes.
     * @return length of the frame.
     */
    public static long ofStringsAndStat(final int count, final long bytesTotal)
    {
        return ofStrings(count, bytesTotal) + StatEncoder.LENGTH;
    }

    /**
     * whoAmI.
     *
     * @param identitiesLength encoded vector of identities, count included.
     * @return length of the frame.
     */
    public static int ofIdentities(final int identitiesLength)
    {
        return HEADER + identitiesLength;
    }

    /**
     * multi, multiRead.
     *
     * @param partsLength sum of the lengths of the results, without the terminator.
     * @return length of the frame.
     */
    public static long ofMulti(final long partsLength)
    {
        return EMPTY_MULTI + partsLength;
    }

    /**
     * One result of a multi: create2, createContainer, createTTL, and getData.
     *
     * @param length of path or data, {@link JuteReader#NULL} for null.
     * @return length of the piece.
     */
    public static int ofRangeAndStatPart(final int length)
    {
        return PART + JuteWriter.lengthOfRange(length) + StatEncoder.LENGTH;
    }

    /**
     * One result of a multiRead: getChildren.
     *
     * @param count      number of strings.
     * @param bytesTotal sum of the lengths of their bytes.
     * @return length of the piece.
     */
    public static long ofStringsPart(final int count, final long bytesTotal)
    {
        return PART + lengthOfStrings(count, bytesTotal);
    }

    private static long lengthOfStrings(final int count, final long bytesTotal)
    {
        return Integer.BYTES + (long)Integer.BYTES * count + bytesTotal;
    }
}
