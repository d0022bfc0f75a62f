/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** reconfig: {@code str joiningServers, str leavingServers, str newMembers, i64 curConfigId}. */
public final class ReconfigRequestDecoder extends RequestDecoder
{
    private int joiningServersOffset;
    private int joiningServersLength;
    private int leavingServersOffset;
    private int leavingServersLength;
    private int newMembersOffset;
    private int newMembersLength;
    private long configId;

    @Override
    boolean decode(final JuteReader record)
    {
        joiningServersLength = record.readRange();
        joiningServersOffset = record.rangeOffset();
        leavingServersLength = record.readRange();
        leavingServersOffset = record.rangeOffset();
        newMembersLength = record.readRange();
        newMembersOffset = record.rangeOffset();
        configId = record.readLong();

        return true;
    }

    /**
     * Members to add or change: where the text begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int joiningServersOffset()
    {
        return joiningServersOffset;
    }

    /**
     * Members to add or change: length of the text.
     *
     * @return bytes, {@link JuteReader#NULL} when not used.
     */
    public int joiningServersLength()
    {
        return joiningServersLength;
    }

    /**
     * Ids of members to remove: where the text begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int leavingServersOffset()
    {
        return leavingServersOffset;
    }

    /**
     * Ids of members to remove: length of the text.
     *
     * @return bytes, {@link JuteReader#NULL} when not used.
     */
    public int leavingServersLength()
    {
        return leavingServersLength;
    }

    /**
     * The complete new membership: where the text begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int newMembersOffset()
    {
        return newMembersOffset;
    }

    /**
     * The complete new membership: length of the text.
     *
     * @return bytes, {@link JuteReader#NULL} when not used.
     */
    public int newMembersLength()
    {
        return newMembersLength;
    }

    /**
     * Version that the membership must have.
     *
     * @return -1 for any.
     */
    public long configId()
    {
        return configId;
    }
}
