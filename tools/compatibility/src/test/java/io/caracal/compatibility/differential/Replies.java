/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import io.caracal.compatibility.wire.Acl;
import io.caracal.compatibility.wire.JuteReader;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.Stat;
import java.nio.BufferUnderflowException;
import java.util.HexFormat;
import java.util.List;

/** Turns the bytes of replies and events into items. */
final class Replies
{
    private static final int ERROR_RESULT = -1;

    private final Scene scene;

    Replies(final Scene scene)
    {
        this.scene = scene;
    }

    Item event(final long zxid, final int err, final JuteReader body)
    {
        final Item item = Item.of("event");
        scene.saw(zxid);
        return item.zxid(zxid).literal("err", err).literal("type", body.i32()).literal("state", body.i32())
            .literal("path", body.str()).literal("rest", body.remaining());
    }

    Item reply(final Call call, final int xidOffset, final long zxid, final int err, final JuteReader body)
    {
        scene.saw(zxid);
        final Item item =
            Item.of("reply").literal("op", call.opcode()).literal("xid", xidOffset).zxid(zxid).literal("err", err);

        try
        {
            if (err == 0 || (call.opcode() == Opcode.MULTI_READ && body.remaining() > 0))
            {
                body(item, call.opcode(), body);
            }
        }
        catch (final BufferUnderflowException | IllegalArgumentException ex)
        {
            item.literal("undecodable", ex.getClass().getSimpleName());
        }

        return item.literal("rest", HexFormat.of().formatHex(body.rest()));
    }

    private void body(final Item item, final int opcode, final JuteReader body)
    {
        switch (opcode)
        {
            case Opcode.CREATE, Opcode.SYNC -> item.literal("path", body.str());
            case Opcode.CREATE2, Opcode.CREATE_CONTAINER, Opcode.CREATE_TTL -> stat(item.literal("path", body.str()),
                body.stat());
            case Opcode.EXISTS, Opcode.SET_DATA, Opcode.SET_ACL -> stat(item, body.stat());
            case Opcode.GET_DATA -> stat(data(item, body), body.stat());
            case Opcode.GET_ACL -> stat(item.literal("acl", sortedAcls(body.acls())), body.stat());
            case Opcode.GET_CHILDREN, Opcode.GET_EPHEMERALS -> item.literal("names", sorted(body.strings()));
            case Opcode.GET_CHILDREN2 -> stat(item.literal("names", sorted(body.strings())), body.stat());
            case Opcode.GET_ALL_CHILDREN_NUMBER, Opcode.ADD_WATCH -> item.literal("value", body.i32());
            case Opcode.WHO_AM_I -> item.literal("identities", identities(body));
            case Opcode.SASL -> data(item, body);
            case Opcode.MULTI, Opcode.MULTI_READ -> results(item, body);
            default -> {
                // There is no body, which the "rest" of the item shows.
            }
        }
    }

    private void results(final Item item, final JuteReader body)
    {
        while (true)
        {
            final int type = body.i32();
            final boolean done = body.bool();
            final int err = body.i32();
            item.literal("result", type + "/" + done + "/" + err);

            if (done)
            {
                return;
            }

            if (type == ERROR_RESULT)
            {
                item.literal("code", body.i32());
            }
            else
            {
                body(item, type, body);
            }
        }
    }

    private static Item data(final Item item, final JuteReader body)
    {
        final byte[] data = body.buf();
        return item.literal("data", data == null ? "null" : HexFormat.of().formatHex(data));
    }

    private void stat(final Item item, final Stat stat)
    {
        scene.saw(stat.czxid());
        scene.saw(stat.mzxid());
        scene.saw(stat.pzxid());
        item.zxid(stat.czxid()).zxid(stat.mzxid()).stamp(stat.czxid(), stat.ctimeMs()).stamp(stat.mzxid(),
            stat.mtimeMs());
        item.literal("version", stat.version()).literal("cversion", stat.cversion()).literal("aversion",
            stat.aversion());
        item.session(stat.ephemeralOwner()).literal("length", stat.dataLength()).literal("children",
            stat.numChildren()).zxid(stat.pzxid());
    }

    /** Sorts names and entries that "auth" expanded to, because no server promises their order. */
    private static List<String> sorted(final List<String> names)
    {
        return names == null ? null : names.stream().sorted().toList();
    }

    private static List<String> sortedAcls(final List<Acl> acls)
    {
        return acls.stream().map(Acl::toString).sorted().toList();
    }

    private static List<String> identities(final JuteReader body)
    {
        final int count = body.i32();
        final String[] all = new String[count];

        for (int i = 0; i < count; i++)
        {
            all[i] = body.str() + ":" + body.str();
        }

        return sorted(List.of(all));
    }
}
