/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.Perms;
import io.caracal.server.http.Reply;
import io.caracal.server.http.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes znodes, for the super user only: {@code POST ?path=/a[&acl=parent]} creates a znode with the body as its
 * data, {@code PUT ?path=/a&version=3} sets the data, {@code DELETE ?path=/a&version=3} deletes the znode. The change
 * itself is made by a client of this server with the same credentials: see {@link EditorClients}.
 */
final class ZnodeEditor
{
    private static final Logger LOG = LoggerFactory.getLogger(ZnodeEditor.class);
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final EditorClients clients;
    private final ZnodeReader znodes;
    private final int dataMax;

    ZnodeEditor(final EditorClients clients, final ZnodeReader znodes, final int dataMax)
    {
        this.clients = clients;
        this.znodes = znodes;
        this.dataMax = dataMax;
    }

    static boolean isChange(final String method)
    {
        return "POST".equals(method) || "PUT".equals(method) || "DELETE".equals(method);
    }

    /** Makes the change that a request asks for. */
    Reply change(final Request request, final String path) throws IOException
    {
        final Credentials who = Credentials.of(request);
        final Reply refusal = refusal(who);
        if (refusal != null)
        {
            return refusal;
        }

        final byte[] data = request.body(dataMax);
        if (data == null)
        {
            return ZnodePage.error(TOO_LARGE, "the data is longer than jute.maxbuffer=" + dataMax);
        }
        if ("POST".equals(request.method()))
        {
            final byte[] acl = "parent".equals(request.parameter("acl")) ? aclOfParent(who, path) : openAcl();
            return acl == null ? ZnodePage.error(NOT_FOUND, "the parent does not exist") : make(request, who, path,
                client -> client.create(path, data, acl));
        }

        final Integer version = version(request.parameter("version"));
        if (version == null)
        {
            return ZnodePage.error(BAD_REQUEST, "version=N is missing: that of the znode as you saw it, or -1 for any");
        }

        return make(request, who, path, "PUT".equals(request.method()) ? client -> client.setData(path, data,
            version) : client -> client.delete(path, version));
    }

    private Reply refusal(final Credentials who)
    {
        if (!who.areShown())
        {
            return ZnodePage.error(UNAUTHORIZED, "only the super user may change the tree here; show credentials");
        }

        final ZnodeView root = znodes.read(who, "/", "", 0, 0);
        if (!root.isAuthenticated())
        {
            return ZnodePage.error(UNAUTHORIZED, "the credentials are wrong");
        }

        return root.isSuper() ? null : ZnodePage.error(FORBIDDEN, "only the super user may change the tree here " +
            "(DigestAuthenticationProvider.superDigest)");
    }

    private static Integer version(final String text)
    {
        try
        {
            final int version = text == null ? Integer.MIN_VALUE : Integer.parseInt(text);
            return version < -1 ? null : version;
        }
        catch (final NumberFormatException ex)
        {
            return null;
        }
    }

    /** Returns the parent's ACL in the form that clients see, or null when there is no parent. */
    private byte[] aclOfParent(final Credentials who, final String path)
    {
        final String parent = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        final ZnodeView view = znodes.read(who, parent, "", 0, 0);
        final byte[] acl = new byte[view.acl().capacity()];
        view.acl().getBytes(0, acl);
        return acl.length == 0 ? null : acl;
    }

    private static byte[] openAcl()
    {
        final byte[] scheme = "world".getBytes(StandardCharsets.US_ASCII);
        final byte[] id = "anyone".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 * Integer.BYTES + scheme.length + id.length).putInt(1).putInt(Perms.ALL)
            .putInt(scheme.length).put(scheme).putInt(id.length).put(id).array();
    }

    private Reply make(final Request request, final Credentials who, final String path,
        final EditorClients.Change change)
    {
        int errorCode = ErrorCode.CONNECTION_LOSS;
        try
        {
            errorCode = clients.change(who, change);
        }
        catch (final IOException ex)
        {
            LOG.warn("{} {} over HTTP by {}: {}", request.method(), request.target(), who.address(), ex.toString());
        }

        LOG.info("{} {} over HTTP by {}: {}", request.method(), request.target(), who.address(), errorCode);
        return reply(request.method(), path, errorCode);
    }

    private static Reply reply(final String method, final String path, final int errorCode)
    {
        return switch (errorCode)
        {
            case ErrorCode.OK -> done(method, path);
            case ErrorCode.NO_NODE -> ZnodePage.error(NOT_FOUND, "POST".equals(method) ? "the parent does not exist" :
                "there is no such znode any more");
            case ErrorCode.NODE_EXISTS -> ZnodePage.error(CONFLICT, "there is such a znode already");
            case ErrorCode.BAD_VERSION -> ZnodePage.error(CONFLICT, "it was changed by somebody else since you saw " +
                "it; nothing was done");
            case ErrorCode.NOT_EMPTY -> ZnodePage.error(CONFLICT, "it has children; delete them first");
            case ErrorCode.NO_CHILDREN_FOR_EPHEMERALS -> ZnodePage.error(CONFLICT, "an ephemeral znode has no " +
                "children");
            case ErrorCode.BAD_ARGUMENTS -> ZnodePage.error(BAD_REQUEST, "such a path is not allowed, or this znode " +
                "cannot be changed so");
            case ErrorCode.INVALID_ACL -> ZnodePage.error(BAD_REQUEST, "the ACL is not allowed");
            case ErrorCode.NO_AUTH, ErrorCode.AUTH_FAILED -> ZnodePage.error(FORBIDDEN, "not allowed");
            case ErrorCode.QUOTA_EXCEEDED -> ZnodePage.error(FORBIDDEN, "a quota does not allow it");
            case ErrorCode.CONNECTION_LOSS -> ZnodePage.error(UNAVAILABLE, "the server did not answer in time: the " +
                "change may have been made or not; look before you try again");
            case ErrorCode.SYSTEM_ERROR -> ZnodePage.error(UNAVAILABLE, "the server refuses writes now");
            default -> ZnodePage.error(FAILED, "refused with error " + errorCode + " of the protocol");
        };
    }

    private static Reply done(final String method, final String path)
    {
        final Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("path", path);
        answer.put("done", method);
        return OverviewPage.json("POST".equals(method) ? CREATED : OK, answer);
    }
}
