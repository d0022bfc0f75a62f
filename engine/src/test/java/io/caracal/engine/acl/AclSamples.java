/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static io.caracal.engine.protocol.RequestSamples.bytes;
import static io.caracal.engine.protocol.RequestSamples.text;

import io.caracal.engine.protocol.AuthRequestDecoder;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.RequestSamples;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** ACLs and identities for tests. */
final class AclSamples
{
    /** The id of user u with password p, as computed by a live server. */
    static final String USER_ID = "u:Jq7wMyA/w2Vd5WIDAKdu4OIIFEQ=";

    private AclSamples()
    {
    }

    /** Encodes a vector of entries given as {@code perms:scheme:id}. */
    static UnsafeBuffer acl(final String... entries)
    {
        return new UnsafeBuffer(bytes(writer ->
        {
            writer.writeInt(entries.length);

            for (final String entry : entries)
            {
                final String[] parts = entry.split(":", 3);
                RequestSamples.entry(writer, Integer.parseInt(parts[0]), parts[1], parts[2]);
            }
        }));
    }

    /** A hash that is mostly the same for different entries. */
    static int hash(final DirectBuffer buffer, final int offset, final int length)
    {
        return buffer.getByte(offset + length - 1) & 1;
    }

    static AuthRequestDecoder auth(final String scheme, final byte[] credentials)
    {
        final byte[] request = bytes(writer -> credentials(text(writer.writeInt(0), scheme), credentials));
        final AuthRequestDecoder decoder = new AuthRequestDecoder();

        if (!decoder.wrap(new UnsafeBuffer(request), 0, request.length))
        {
            throw new AssertionError("sample does not decode");
        }

        return decoder;
    }

    private static JuteWriter credentials(final JuteWriter writer, final byte[] credentials)
    {
        return credentials == null ? text(writer, null) : writer.writeRange(new UnsafeBuffer(credentials), 0,
            credentials.length);
    }

    static AuthRequestDecoder auth(final String scheme, final String credentials)
    {
        return auth(scheme, credentials == null ? null : credentials.getBytes(StandardCharsets.UTF_8));
    }

    static AclSettings withSuper(final String superDigest)
    {
        return new AclSettings(false, true, AclSettings.DIGEST_ALGORITHM_DEFAULT, superDigest, List.of());
    }

    static Identities client(final int... address)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[address.length]);

        for (int i = 0; i < address.length; i++)
        {
            bytes.putByte(i, (byte)address[i]);
        }

        final Identities identities = new Identities();
        identities.attachAddress(bytes, 0, address.length);

        return identities;
    }

    /** Returns the answer to whoAmI as text. */
    static String whoAmI(final Identities identities)
    {
        final byte[] answer = bytes(identities::encodeWhoAmI);

        if (answer.length != identities.whoAmILength())
        {
            throw new AssertionError("another length than said");
        }

        final StringBuilder all = new StringBuilder();
        final UnsafeBuffer buffer = new UnsafeBuffer(answer);
        int position = 4;

        for (int i = 0; i < buffer.getInt(0, ByteOrder.BIG_ENDIAN); i++)
        {
            final String scheme = buffer.getStringUtf8(position, ByteOrder.BIG_ENDIAN);
            position += 4 + scheme.getBytes(StandardCharsets.UTF_8).length;
            final String user = buffer.getStringUtf8(position, ByteOrder.BIG_ENDIAN);
            position += 4 + user.getBytes(StandardCharsets.UTF_8).length;
            all.append(scheme).append('=').append(user).append(' ');
        }

        return all.toString().trim();
    }
}
