/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.http.Page;
import io.caracal.server.http.Reply;
import io.caracal.server.http.Request;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Serves one znode to the tree browser: {@code ?path=/a[&after=child]} answers its stat, its ACL, its data in Base64,
 * and a page of its children. ACLs are enforced as for a client at the same address with the same credentials. Other
 * methods than GET and HEAD change the tree, for the super user only: see {@link ZnodeEditor}.
 */
final class ZnodePage implements Page
{
    /** Number of children per page. */
    static final int PAGE_LENGTH = 200;
    /** Maximum length in bytes of data that is shown. */
    static final int DATA_MAX = 1 << 20;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int GONE = 410;
    private static final int UNAVAILABLE = 503;
    private static final String LETTERS = "rwcda";

    private final ZnodeReader znodes;
    private final ZnodeEditor editor;

    ZnodePage(final AdminFacts facts, final EditorClients clients)
    {
        this.znodes = new ZnodeReader(facts.engine());
        this.editor =
            new ZnodeEditor(clients, znodes, facts.words().settings().integer(ServerProperty.JUTE_MAX_BUFFER));
    }

    @Override
    public Reply answer(final Request request) throws IOException
    {
        final String path = request.parameter("path");
        final String after = request.parameter("after");
        final boolean isChange = ZnodeEditor.isChange(request.method());
        if (!isChange && !"GET".equals(request.method()) && !"HEAD".equals(request.method()))
        {
            return error(METHOD_NOT_ALLOWED, "GET, HEAD, POST, PUT or DELETE").header("Allow",
                "GET, HEAD, POST, PUT, DELETE");
        }
        if (path == null || !path.startsWith("/"))
        {
            return error(BAD_REQUEST, "path=/... is missing");
        }

        try
        {
            if (isChange)
            {
                return editor.change(request, path);
            }

            final Credentials who = Credentials.of(request);
            final ZnodeView view = znodes.read(who, path, after == null ? "" : after, PAGE_LENGTH, DATA_MAX);
            return who.areShown() && !view.isAuthenticated() ? error(UNAUTHORIZED, "the credentials are wrong") :
                reply(path, view);
        }
        catch (final NoAnswerException ex)
        {
            return error(UNAVAILABLE, ex.getMessage());
        }
        catch (final IllegalArgumentException ex)
        {
            return error(BAD_REQUEST, ex.getMessage());
        }
    }

    static Reply error(final int status, final String message)
    {
        return OverviewPage.json(status, Map.of("error", message));
    }

    private static Reply reply(final String path, final ZnodeView view)
    {
        if (view.errorCode() == ErrorCode.NO_NODE)
        {
            return error(NOT_FOUND, "there is no such znode");
        }
        if (view.errorCode() != ErrorCode.OK)
        {
            return error(FORBIDDEN, "the ACL does not let you read this znode");
        }
        if (view.isPageLost())
        {
            return error(GONE, "the child behind which the page begins is gone; begin with the first page");
        }

        final Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("path", path);
        answer.put("zxid", "0x" + Long.toHexString(view.zxid()));
        answer.put("permissions", letters(view.permissions()));
        answer.put("superUser", view.isSuper());
        answer.put("stat", view.stat().capacity() == 0 ? null : stat(view.stat()));
        answer.put("acl", acl(view.acl()));
        answer.put("length", view.payloadLength());
        answer.put("data", view.payloadLength() > view.data().capacity() ? null : base64(view.data()));
        answer.put("children", children(view.children()));
        answer.put("more", view.children().size() == PAGE_LENGTH || view.namesLength() >= ZnodeReader.NAMES_MAX);
        return OverviewPage.json(OK, answer);
    }

    private static String base64(final DirectBuffer data)
    {
        final byte[] bytes = new byte[data.capacity()];
        data.getBytes(0, bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The fields of the Stat record of the protocol. */
    private static Map<String, Object> stat(final DirectBuffer stat)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("czxid", hex(stat, 0));
        fields.put("mzxid", hex(stat, 8));
        fields.put("ctime", stat.getLong(16, ByteOrder.BIG_ENDIAN));
        fields.put("mtime", stat.getLong(24, ByteOrder.BIG_ENDIAN));
        fields.put("version", stat.getInt(32, ByteOrder.BIG_ENDIAN));
        fields.put("cversion", stat.getInt(36, ByteOrder.BIG_ENDIAN));
        fields.put("aversion", stat.getInt(40, ByteOrder.BIG_ENDIAN));
        fields.put("ephemeralOwner", hex(stat, 44));
        fields.put("dataLength", stat.getInt(52, ByteOrder.BIG_ENDIAN));
        fields.put("numChildren", stat.getInt(56, ByteOrder.BIG_ENDIAN));
        fields.put("pzxid", hex(stat, 60));
        return fields;
    }

    private static String hex(final DirectBuffer buffer, final int offset)
    {
        return "0x" + Long.toHexString(buffer.getLong(offset, ByteOrder.BIG_ENDIAN));
    }

    private static List<String> acl(final DirectBuffer acl)
    {
        final List<String> entries = new ArrayList<>();
        final int count = acl.capacity() == 0 ? 0 : acl.getInt(0, ByteOrder.BIG_ENDIAN);
        int position = Integer.BYTES;
        for (int i = 0; i < count; i++)
        {
            final int permissions = acl.getInt(position, ByteOrder.BIG_ENDIAN);
            final int schemeLength = acl.getInt(position + 4, ByteOrder.BIG_ENDIAN);
            final int idAt = position + 8 + schemeLength;
            final int idLength = acl.getInt(idAt, ByteOrder.BIG_ENDIAN);
            entries.add(text(acl, position + 8, schemeLength) + ":" + text(acl, idAt + 4, idLength) + ":" +
                letters(permissions));
            position = idAt + 4 + idLength;
        }

        return entries;
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[Math.max(0, length)];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String letters(final int permissions)
    {
        final StringBuilder letters = new StringBuilder();
        for (int i = 0; i < LETTERS.length(); i++)
        {
            letters.append((permissions & 1 << i) != 0 ? LETTERS.substring(i, i + 1) : "");
        }

        return letters.toString();
    }

    private static List<Object> children(final List<ZnodeView.Child> children)
    {
        final List<Object> list = new ArrayList<>();
        for (final ZnodeView.Child child : children)
        {
            final Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", child.name());
            entry.put("readable", child.isReadable());
            entry.put("length", child.payloadLength());
            entry.put("children", child.childCount());
            entry.put("ephemeral", child.ephemeralOwner() != 0);
            list.add(entry);
        }

        return list;
    }
}
