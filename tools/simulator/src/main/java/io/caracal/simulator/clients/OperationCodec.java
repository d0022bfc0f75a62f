/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;

/** Encodes operations as requests, and decodes their answers. */
final class OperationCodec
{
    private static final int DELETE = 2;
    private static final int EXISTS = 3;
    private static final int GET_DATA = 4;
    private static final int SET_DATA = 5;
    private static final int GET_ACL = 6;
    private static final int SET_ACL = 7;
    private static final int GET_CHILDREN = 8;
    private static final int SYNC = 9;
    private static final int GET_CHILDREN_2 = 12;
    private static final int CHECK = 13;
    private static final int MULTI = 14;
    private static final int CREATE_2 = 15;
    private static final int CHECK_WATCHES = 17;
    private static final int REMOVE_WATCHES = 18;
    private static final int CREATE_CONTAINER = 19;
    private static final int CREATE_TTL = 21;
    private static final int MULTI_READ = 22;
    private static final int GET_EPHEMERALS = 103;
    private static final int SET_WATCHES_2 = 105;
    private static final int ADD_WATCH = 106;
    private static final int CLOSE_SESSION = -11;
    private static final int END_OF_MULTI = -1;
    private static final int FLAG_EPHEMERAL = 1;
    private static final int FLAG_SEQUENTIAL = 2;
    private static final int FLAG_CONTAINER = 4;
    private static final int FLAG_TTL = 5;
    private static final int FLAG_SEQUENTIAL_TTL = 6;

    private OperationCodec()
    {
    }

    static byte[] request(final int xid, final Operation operation)
    {
        final FrameWriter out = new FrameWriter().int32(xid).int32(opCode(operation));

        if (operation.kind == Operation.Kind.MULTI || operation.kind == Operation.Kind.MULTI_READ)
        {
            for (final Operation part : operation.parts)
            {
                body(out.int32(opCodeOfPart(part)).bool(false).int32(END_OF_MULTI), part);
            }

            out.int32(END_OF_MULTI).bool(true).int32(END_OF_MULTI);
        }
        else
        {
            body(out, operation);
        }

        return out.frame();
    }

    private static int opCode(final Operation operation)
    {
        return switch (operation.kind)
        {
            case CREATE -> operation.isContainer ? CREATE_CONTAINER : operation.ttlMs > 0 ? CREATE_TTL : CREATE_2;
            case DELETE -> DELETE;
            case SET_DATA -> SET_DATA;
            case SET_ACL -> SET_ACL;
            case GET_ACL -> GET_ACL;
            case CHECK -> CHECK;
            case MULTI -> MULTI;
            case MULTI_READ -> MULTI_READ;
            case GET_EPHEMERALS -> GET_EPHEMERALS;
            case CHECK_WATCHES -> CHECK_WATCHES;
            case REMOVE_WATCHES -> REMOVE_WATCHES;
            case GET_DATA -> GET_DATA;
            case EXISTS -> EXISTS;
            case GET_CHILDREN -> GET_CHILDREN_2;
            case ADD_WATCH -> ADD_WATCH;
            case SET_WATCHES -> SET_WATCHES_2;
            case SYNC -> SYNC;
            case CLOSE_SESSION -> CLOSE_SESSION;
        };
    }

    /** Children are read without their parent's Stat where several znodes are read. */
    private static int opCodeOfPart(final Operation part)
    {
        return part.kind == Operation.Kind.GET_CHILDREN ? GET_CHILDREN : opCode(part);
    }

    private static void body(final FrameWriter out, final Operation operation)
    {
        switch (operation.kind)
        {
            case CREATE -> {
                out.text(operation.path).text(operation.data).acl(operation.acl).int32(flags(operation));
                if (operation.ttlMs > 0)
                {
                    out.int64(operation.ttlMs);
                }
            }
            case DELETE, CHECK -> out.text(operation.path).int32(operation.version);
            case SET_DATA -> out.text(operation.path).text(operation.data).int32(operation.version);
            case SET_ACL -> out.text(operation.path).acl(operation.acl).int32(operation.version);
            case GET_DATA, EXISTS, GET_CHILDREN -> out.text(operation.path).bool(operation.isWatching);
            case ADD_WATCH -> out.text(operation.path).int32(operation.isRecursive ? 1 : 0);
            case SET_WATCHES -> out.int64(operation.relativeZxid).texts(operation.watches.data)
                .texts(operation.watches.exist).texts(operation.watches.child).texts(operation.watches.persistent)
                .texts(operation.watches.recursive);
            case CHECK_WATCHES, REMOVE_WATCHES -> out.text(operation.path).int32(1 + operation.watchType.ordinal());
            case SYNC, GET_ACL, GET_EPHEMERALS -> out.text(operation.path);
            case CLOSE_SESSION -> {
                // The opcode says everything.
            }
            case MULTI, MULTI_READ -> throw new IllegalArgumentException("a multi within a multi");
        }
    }

    private static int flags(final Operation create)
    {
        if (create.ttlMs > 0)
        {
            return create.isSequential ? FLAG_SEQUENTIAL_TTL : FLAG_TTL;
        }

        return create.isContainer ? FLAG_CONTAINER : (create.isEphemeral ? FLAG_EPHEMERAL : 0) |
            (create.isSequential ? FLAG_SEQUENTIAL : 0);
    }

    /** Decodes the body of an answer without an error. */
    static void answer(final FrameReader in, final Operation operation)
    {
        switch (operation.kind)
        {
            case CREATE -> {
                operation.resultPath = in.text();
                operation.stat = in.stat();
            }
            case SET_DATA, SET_ACL, EXISTS -> operation.stat = in.stat();
            case GET_DATA -> {
                operation.resultData = in.text();
                operation.stat = in.stat();
            }
            case GET_ACL -> {
                operation.resultAcl = in.acl();
                operation.stat = in.stat();
            }
            case GET_CHILDREN -> {
                operation.children = in.texts();
                operation.stat = in.stat();
            }
            case GET_EPHEMERALS -> operation.children = in.texts();
            case MULTI -> multiAnswer(in, operation);
            case MULTI_READ -> readsAnswer(in, operation);
            case SYNC -> operation.resultPath = in.text();
            default -> {
                // The header says everything.
            }
        }
    }

    private static void multiAnswer(final FrameReader in, final Operation operation)
    {
        int type = in.int32();
        boolean isDone = in.bool();
        in.int32();

        while (!isDone)
        {
            operation.partErrors.add(type == END_OF_MULTI ? in.int32() : 0);
            skipResult(in, type);
            type = in.int32();
            isDone = in.bool();
            in.int32();
        }
    }

    /** Each part gets an answer of its own, at the zxid of all. */
    private static void readsAnswer(final FrameReader in, final Operation operation)
    {
        int type = in.int32();
        boolean isDone = in.bool();
        in.int32();

        while (!isDone)
        {
            final Operation part = operation.parts.get(operation.partErrors.size());
            part.outcome = Operation.Outcome.ANSWERED;
            part.zxid = operation.zxid;
            part.error = type == END_OF_MULTI ? in.int32() : 0;
            operation.partErrors.add(part.error);
            readAnswer(in, type, part);
            type = in.int32();
            isDone = in.bool();
            in.int32();
        }
    }

    private static void readAnswer(final FrameReader in, final int type, final Operation part)
    {
        if (type == GET_DATA)
        {
            part.resultData = in.text();
            part.stat = in.stat();
        }

        if (type == GET_CHILDREN)
        {
            part.children = in.texts();
        }
    }

    private static void skipResult(final FrameReader in, final int type)
    {
        if (type == CREATE_2)
        {
            in.text();
        }

        if (type == CREATE_2 || type == SET_DATA)
        {
            in.stat();
        }
    }
}
