/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.acl.AclChecker;
import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.AuthOutcome;
import io.caracal.engine.acl.Authenticator;
import io.caracal.engine.acl.Identities;
import io.caracal.engine.operator.codec.ZnodeQuestionDecoder;
import io.caracal.engine.protocol.AuthRequestDecoder;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.tree.ReadableTree;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A person who asks about a znode without being a client. Has the identities that a client with the same address and
 * credentials would have. Made for one question, so it may allocate.
 */
final class Asker
{
    private static final int[] PERMISSIONS = { Perms.READ, Perms.WRITE, Perms.CREATE, Perms.DELETE, Perms.ADMIN };

    private final AclChecker checker;
    private final Authenticator authenticator;
    private final Identities identities = new Identities();
    private boolean isAuthenticated;

    Asker(final AclSettings settings)
    {
        checker = new AclChecker(settings);
        authenticator = new Authenticator(settings);
    }

    /** Reads address and credentials from a question, up to the path. */
    void read(final ZnodeQuestionDecoder question)
    {
        final UnsafeBuffer address = new UnsafeBuffer(0, 0);
        final UnsafeBuffer scheme = new UnsafeBuffer(0, 0);
        final UnsafeBuffer credentials = new UnsafeBuffer(0, 0);
        question.wrapAddress(address);
        question.wrapScheme(scheme);
        question.wrapCredentials(credentials);
        if (address.capacity() > 0)
        {
            identities.attachAddress(address, 0, address.capacity());
        }
        if (scheme.capacity() > 0)
        {
            authenticate(scheme, credentials);
        }
    }

    private void authenticate(final DirectBuffer scheme, final DirectBuffer credentials)
    {
        final UnsafeBuffer packet =
            new UnsafeBuffer(new byte[3 * Integer.BYTES + scheme.capacity() + credentials.capacity()]);
        final JuteWriter writer = new JuteWriter();
        writer.wrap(packet, 0);
        writer.writeInt(0).writeRange(scheme, 0, scheme.capacity()).writeRange(credentials, 0, credentials.capacity());
        final AuthRequestDecoder request = new AuthRequestDecoder();
        isAuthenticated = request.wrap(packet, 0, packet.capacity()) && authenticator.authenticate(request,
            identities) == AuthOutcome.ACCEPTED;
        packet.setMemory(0, packet.capacity(), (byte)0);
    }

    /** Whether credentials were shown and accepted. */
    boolean isAuthenticated()
    {
        return isAuthenticated;
    }

    boolean isSuper()
    {
        return identities.isSuper(identities.count());
    }

    /** What the asker may do with a znode: bits of {@link Perms}, each tested separately. */
    int permissions(final ReadableTree tree, final long znode)
    {
        final DirectBuffer acl = tree.acls().view(tree.aclId(znode));
        int permissions = 0;
        for (final int permission : PERMISSIONS)
        {
            permissions |= checker.allows(acl, 0, acl.capacity(), permission, identities, identities.count()) ?
                permission : 0;
        }

        return permissions;
    }
}
