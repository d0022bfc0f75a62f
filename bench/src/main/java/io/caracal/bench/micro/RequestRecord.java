/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.caracal.engine.protocol.AddWatchRequestDecoder;
import io.caracal.engine.protocol.AuthRequestDecoder;
import io.caracal.engine.protocol.CheckRequestDecoder;
import io.caracal.engine.protocol.ConnectRequestDecoder;
import io.caracal.engine.protocol.CreateRequestDecoder;
import io.caracal.engine.protocol.CreateTtlRequestDecoder;
import io.caracal.engine.protocol.DeleteRequestDecoder;
import io.caracal.engine.protocol.GetEphemeralsRequestDecoder;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.MultiRequestDecoder;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.PathRequestDecoder;
import io.caracal.engine.protocol.PathWatchRequestDecoder;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.RequestDecoder;
import io.caracal.engine.protocol.SetAclRequestDecoder;
import io.caracal.engine.protocol.SetDataRequestDecoder;
import io.caracal.engine.protocol.SetWatches2RequestDecoder;
import io.caracal.engine.protocol.SetWatchesRequestDecoder;
import io.caracal.engine.protocol.SyncRequestDecoder;
import io.caracal.engine.protocol.WatchesRequestDecoder;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Every request of the client protocol that has a body, with its decoder and a body with 24 bytes of path and 100 of
 * data.
 */
public enum RequestRecord
{
    /** Opens a session or takes one up again. */
    CONNECT
    {
        @Override
        RequestDecoder decoder()
        {
            return new ConnectRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            writer.writeInt(0).writeLong(1).writeInt(30_000).writeLong(2).writeRange(PASSWORD, 0, 16)
                .writeBool(false);
        }
    },
    /** Creates a znode. */
    CREATE
    {
        @Override
        RequestDecoder decoder()
        {
            return new CreateRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            create(writer, 0);
        }
    },
    /** Creates a znode with a time to live. */
    CREATE_TTL
    {
        @Override
        RequestDecoder decoder()
        {
            return new CreateTtlRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            create(writer, 5).writeLong(60_000);
        }
    },
    /** Removes a znode. */
    DELETE
    {
        @Override
        RequestDecoder decoder()
        {
            return new DeleteRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            path(writer).writeInt(-1);
        }
    },
    /** Reads a payload; exists and getChildren with a watch look the same. */
    GET_DATA
    {
        @Override
        RequestDecoder decoder()
        {
            return new PathWatchRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            path(writer).writeBool(true);
        }
    },
    /** Replaces a payload. */
    SET_DATA
    {
        @Override
        RequestDecoder decoder()
        {
            return new SetDataRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            payload(path(writer)).writeInt(-1);
        }
    },
    /** Replaces an ACL. */
    SET_ACL
    {
        @Override
        RequestDecoder decoder()
        {
            return new SetAclRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            acl(path(writer)).writeInt(-1);
        }
    },
    /** A path alone, which is the body of several requests. */
    GET_CHILDREN
    {
        @Override
        RequestDecoder decoder()
        {
            return new PathRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            path(writer);
        }
    },
    /** Checks a version. */
    CHECK
    {
        @Override
        RequestDecoder decoder()
        {
            return new CheckRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            path(writer).writeInt(3);
        }
    },
    /** Asks for the newest state. */
    SYNC
    {
        @Override
        RequestDecoder decoder()
        {
            return new SyncRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            path(writer);
        }
    },
    /** Sets a watch that stays. */
    ADD_WATCH
    {
        @Override
        RequestDecoder decoder()
        {
            return new AddWatchRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            path(writer).writeInt(1);
        }
    },
    /** Removes watches. */
    REMOVE_WATCHES
    {
        @Override
        RequestDecoder decoder()
        {
            return new WatchesRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            path(writer).writeInt(3);
        }
    },
    /** Sets ten watches again after a reconnect. */
    SET_WATCHES_10
    {
        @Override
        RequestDecoder decoder()
        {
            return new SetWatchesRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            paths(paths(paths(writer.writeLong(1), 10), 0), 0);
        }
    },
    /** The same in the form that current clients use. */
    SET_WATCHES2_10
    {
        @Override
        RequestDecoder decoder()
        {
            return new SetWatches2RequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            paths(paths(paths(paths(paths(writer.writeLong(1), 10), 0), 0), 0), 0);
        }
    },
    /** Credentials. */
    AUTH
    {
        @Override
        RequestDecoder decoder()
        {
            return new AuthRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            writer.writeInt(0).writeRange(WORLD, 0, 5).writeRange(ANYONE, 0, 6);
        }
    },
    /** Asks for ephemeral znodes. */
    GET_EPHEMERALS
    {
        @Override
        RequestDecoder decoder()
        {
            return new GetEphemeralsRequestDecoder();
        }

        @Override
        void write(final JuteWriter writer)
        {
            path(writer);
        }
    },
    /** Ten setData in one transaction. */
    MULTI_10_SETS
    {
        @Override
        RequestDecoder decoder()
        {
            return MultiRequestDecoder.ofWrites();
        }

        @Override
        void write(final JuteWriter writer)
        {
            multi(writer);
        }
    };

    private static final int PARTS = 10;
    private static final UnsafeBuffer PATH = new UnsafeBuffer("/bench/000012/0000012345".getBytes(US_ASCII));
    private static final UnsafeBuffer WORLD = new UnsafeBuffer("world".getBytes(US_ASCII));
    private static final UnsafeBuffer ANYONE = new UnsafeBuffer("anyone".getBytes(US_ASCII));
    private static final UnsafeBuffer PASSWORD = new UnsafeBuffer(new byte[16]);
    private static final UnsafeBuffer PAYLOAD = new UnsafeBuffer(new byte[100]);

    /** Returns a decoder that has not decoded anything yet. */
    abstract RequestDecoder decoder();

    /** Writes the body. */
    abstract void write(JuteWriter writer);

    private static JuteWriter path(final JuteWriter writer)
    {
        return writer.writeRange(PATH, 0, PATH.capacity());
    }

    private static JuteWriter payload(final JuteWriter writer)
    {
        return writer.writeRange(PAYLOAD, 0, PAYLOAD.capacity());
    }

    private static JuteWriter acl(final JuteWriter writer)
    {
        return writer.writeInt(1).writeInt(Perms.ALL).writeRange(WORLD, 0, WORLD.capacity()).writeRange(ANYONE, 0,
            ANYONE.capacity());
    }

    private static JuteWriter create(final JuteWriter writer, final int flags)
    {
        return acl(payload(path(writer))).writeInt(flags);
    }

    private static JuteWriter paths(final JuteWriter writer, final int count)
    {
        writer.writeInt(count);
        for (int i = 0; i < count; i++)
        {
            path(writer);
        }

        return writer;
    }

    private static JuteWriter multi(final JuteWriter writer)
    {
        for (int i = 0; i < PARTS; i++)
        {
            payload(path(writer.writeInt(OpCode.SET_DATA).writeBool(false).writeInt(-1))).writeInt(-1);
        }

        return writer.writeInt(-1).writeBool(true).writeInt(-1);
    }
}
