/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * multi or multiRead: for each part a header {@code i32 type, bool done, i32 err} and its record, then a header whose
 * done is true. Decoding walks over all parts. One part that is not permitted, has an unknown create flag or is
 * malformed makes the whole request undecodable. Afterwards iterate with {@link #rewind()} and {@link #next()}; the
 * record of the current part is the flyweight of its type.
 */
public final class MultiRequestDecoder extends RequestDecoder
{
    private final boolean isRead;
    private final boolean permitsNullPath;
    private final JuteReader parts = new JuteReader();
    private final CreateRequestDecoder create = new CreateRequestDecoder();
    private final CreateTtlRequestDecoder createTtl = new CreateTtlRequestDecoder();
    private final DeleteRequestDecoder delete = new DeleteRequestDecoder();
    private final SetDataRequestDecoder setData = new SetDataRequestDecoder();
    private final CheckRequestDecoder check = new CheckRequestDecoder();
    private final PathWatchRequestDecoder read = new PathWatchRequestDecoder(true);
    private int partsOffset;
    private int partsLength;
    private int partCount;
    private int opCode;
    private boolean hasNullAcl;
    private boolean hasNullPath;

    private MultiRequestDecoder(final boolean isRead, final boolean permitsNullPath)
    {
        this.isRead = isRead;
        this.permitsNullPath = permitsNullPath;
    }

    /**
     * Creates a decoder for {@link OpCode#MULTI}: creates, deletes, setData and checks.
     *
     * @return a new one.
     */
    public static MultiRequestDecoder ofWrites()
    {
        return new MultiRequestDecoder(false, false);
    }

    /**
     * Creates a decoder for {@link OpCode#MULTI_READ}: getData and getChildren.
     *
     * @return a new one.
     */
    public static MultiRequestDecoder ofReads()
    {
        return new MultiRequestDecoder(true, true);
    }

    /**
     * Creates a decoder that tells whether a {@link OpCode#MULTI_READ} consists of parts of a {@link OpCode#MULTI}.
     * Null paths are permitted, because the parts are not carried out.
     *
     * @return a new one.
     */
    public static MultiRequestDecoder ofMisplacedWrites()
    {
        return new MultiRequestDecoder(false, true);
    }

    @Override
    public void elementLengthMax(final int lengthMax)
    {
        create.elementLengthMax(lengthMax);
        createTtl.elementLengthMax(lengthMax);
        delete.elementLengthMax(lengthMax);
        setData.elementLengthMax(lengthMax);
        check.elementLengthMax(lengthMax);
        read.elementLengthMax(lengthMax);
    }

    @Override
    boolean decode(final JuteReader record)
    {
        partsOffset = record.position();
        partsLength = record.remaining();
        partCount = 0;
        hasNullAcl = false;
        hasNullPath = false;

        while (step(record))
        {
            partCount++;
        }

        rewind();
        return opCode == OpCode.ERROR && (permitsNullPath || !hasNullPath);
    }

    /** Goes back before the first part. */
    public void rewind()
    {
        parts.wrap(buffer(), partsOffset, partsLength);
    }

    /**
     * Steps to the next part.
     *
     * @return false when there is none.
     */
    public boolean next()
    {
        return step(parts);
    }

    /**
     * Reads one part. Returns false at the end, with {@code opCode} ERROR, and at a part that does not decode, with
     * {@code opCode} NOTIFICATION.
     */
    private boolean step(final JuteReader record)
    {
        final int type = record.readInt();
        final boolean isDone = record.readBool();
        record.readInt();

        if (!record.isOk())
        {
            opCode = OpCode.NOTIFICATION;
            return false;
        }

        if (isDone)
        {
            opCode = OpCode.ERROR;
            return false;
        }

        final PathRequestDecoder part = partOf(type);

        if (part == null || !part.wrap(record.buffer(), record.position(), record.remaining()) || !isPermitted(part))
        {
            opCode = OpCode.NOTIFICATION;
            return false;
        }

        hasNullPath |= part.pathLength() == JuteReader.NULL;
        record.skip(part.encodedLength());
        opCode = type;
        return true;
    }

    private PathRequestDecoder partOf(final int type)
    {
        return switch (type)
        {
            case OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER -> isRead ? null : create;
            case OpCode.CREATE_TTL -> isRead ? null : createTtl;
            case OpCode.DELETE -> isRead ? null : delete;
            case OpCode.SET_DATA -> isRead ? null : setData;
            case OpCode.CHECK -> isRead ? null : check;
            case OpCode.GET_DATA, OpCode.GET_CHILDREN -> isRead ? read : null;
            default -> null;
        };
    }

    /**
     * Whether a part may be in a multi. The flags of createTTL are checked only when the part is prepared; those of
     * other creates here: an unknown one, and a TTL without its opcode, are refused. A null path is checked only after
     * the last part, because a null ACL in a later part has precedence.
     */
    private boolean isPermitted(final PathRequestDecoder part)
    {
        return !(part instanceof CreateRequestDecoder creating) ||
            (isFlagKnown(creating) && hasAcl(creating) && isFlagPermitted(creating));
    }

    private boolean isFlagKnown(final CreateRequestDecoder creating)
    {
        return creating == createTtl || CreateMode.isKnown(creating.flags());
    }

    /** Whether a create has an ACL. The ACL of createTTL is checked only when the part is prepared. */
    private boolean hasAcl(final CreateRequestDecoder creating)
    {
        hasNullAcl = creating != createTtl && creating.isAclNull();

        return !hasNullAcl;
    }

    private boolean isFlagPermitted(final CreateRequestDecoder creating)
    {
        return creating == createTtl || !CreateMode.isTtl(creating.flags());
    }

    /**
     * The reason why the request did not decode.
     *
     * @return true when the ACL of a part is null: ZooKeeper gives up such a request earlier than others.
     */
    public boolean hasNullAcl()
    {
        return hasNullAcl;
    }

    /**
     * Number of parts.
     *
     * @return zero or more.
     */
    public int partCount()
    {
        return partCount;
    }

    /**
     * Opcode of the current part.
     *
     * @return an opcode that this multi permits.
     */
    public int opCode()
    {
        return opCode;
    }

    /**
     * The current part as a create, for any of the create opcodes.
     *
     * @return its record; with a time to live for {@link OpCode#CREATE_TTL}.
     */
    public CreateRequestDecoder create()
    {
        return opCode == OpCode.CREATE_TTL ? createTtl : create;
    }

    /**
     * The current part as a delete.
     *
     * @return its record.
     */
    public DeleteRequestDecoder delete()
    {
        return delete;
    }

    /**
     * The current part as a setData.
     *
     * @return its record.
     */
    public SetDataRequestDecoder setData()
    {
        return setData;
    }

    /**
     * The current part as a check.
     *
     * @return its record.
     */
    public CheckRequestDecoder check()
    {
        return check;
    }

    /**
     * The current part as a getData or getChildren.
     *
     * @return its record; ignore whether it asks for a watch.
     */
    public PathWatchRequestDecoder read()
    {
        return read;
    }
}
