/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static io.caracal.engine.acl.AclSamples.USER_ID;
import static io.caracal.engine.acl.AclSamples.acl;
import static io.caracal.engine.acl.AclSamples.auth;
import static io.caracal.engine.acl.AclSamples.client;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.RequestSamples;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AclNormalizerTest
{
    private final AclNormalizer normalizer = new AclNormalizer(AclSettings.defaults(), AclSamples::hash);
    private final Authenticator authenticator = new Authenticator(AclSettings.defaults());
    private final Identities who = client(127, 0, 0, 1);

    private int normalize(final UnsafeBuffer acl)
    {
        return normalizer.normalize(acl, 0, acl.capacity(), who, who.count());
    }

    private void assertNormal(final UnsafeBuffer expected, final String... entries)
    {
        assertEquals(ErrorCode.OK, normalize(acl(entries)));
        assertEquals(text(expected, expected.capacity()), text(normalizer.acl(), normalizer.length()));
    }

    private static String text(final DirectBuffer buffer, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);

        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void shouldKeepWhatIsNormal()
    {
        final String[] entries = { "31:world:anyone", "1:digest:a:b", "-5:ip:10.0.0.0/8", "3:ip:::1", "0:digest::h",
            "1:digest:a:b:", "1:digest::b:::" };
        assertNormal(acl(entries), entries);
    }

    @Test
    void shouldDropExactDuplicatesInOrder()
    {
        assertNormal(acl("1:world:anyone", "2:world:anyone", "1:ip:::1"), "1:world:anyone", "2:world:anyone",
            "1:world:anyone", "1:ip:::1", "2:world:anyone");
    }

    @Test
    void shouldExpandAuth()
    {
        authenticator.authenticate(auth("digest", "u:p"), who);
        authenticator.authenticate(auth("digest", "v:q"), who);
        final String second = "v:" + AclSamples.whoAmI(who).length();
        assertEquals("ip=127.0.0.1 digest=u digest=v", AclSamples.whoAmI(who), second);

        assertEquals(ErrorCode.OK, normalize(acl("31:auth:whatever", "1:world:anyone")));
        final UnsafeBuffer firstOnly = acl("31:digest:" + USER_ID, "1:world:anyone");
        assertTrue(normalizer.length() > firstOnly.capacity());
        assertEquals(ErrorCode.OK, normalizer.normalize(acl("31:auth:", "1:world:anyone"), 0, acl("31:auth:",
            "1:world:anyone").capacity(), who, 2));
        assertEquals(text(firstOnly, firstOnly.capacity()), text(normalizer.acl(), normalizer.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "31:auth:", "31:world:somebody", "31:world:", "31:digest:nocolon", "31:digest:user:",
        "31:digest:a:b:c", "31:digest:a::b", "31:digest::", "31:digest:", "31:ip:", "31:ip:localhost", "31:ip:1.2.3",
        "31:ip:1.2.3.4/33", "31:ip:1.2.3.4/", "31:ip:1.2.3.4/-1", "31:ip:::1/129", "31:ip:1.2.3.4/8/8", "31:super:",
        "31:sasl:bob", "31:x509:CN=a", "31:ensemble:x", "31::x", "31:WORLD:anyone" })
    void shouldRefuse(final String entry)
    {
        assertEquals(ErrorCode.INVALID_ACL, normalize(acl(entry)));
        assertEquals(ErrorCode.INVALID_ACL, normalize(acl("31:world:anyone", entry)));
    }

    @Test
    void shouldRefuseEmptyAndNull()
    {
        assertEquals(ErrorCode.INVALID_ACL, normalize(acl()));
        assertEquals(ErrorCode.INVALID_ACL, normalize(encoded(w -> w.writeInt(-1))));
        assertEquals(ErrorCode.INVALID_ACL, normalize(encoded(w -> RequestSamples.entry(w.writeInt(1), 31, null,
            "x"))));
    }

    @Test
    void shouldStumbleOverNullIdsAsZooKeeperDoes()
    {
        assertEquals(ErrorCode.MARSHALLING_ERROR, normalize(encoded(w -> RequestSamples.entry(w.writeInt(1), 31,
            "world", null))));
        assertEquals(ErrorCode.MARSHALLING_ERROR, normalize(encoded(w -> RequestSamples.entry(w.writeInt(1), 31, "ip",
            null))));
        assertEquals(ErrorCode.INVALID_ACL, normalize(encoded(w -> RequestSamples.entry(w.writeInt(1), 31, "unknown",
            null))));
    }

    @Test
    void shouldStumbleOverNullSchemeBehindEntryWithTheSamePermissions()
    {
        assertEquals(ErrorCode.MARSHALLING_ERROR, normalize(encoded(
            w -> RequestSamples.entry(RequestSamples.entry(w.writeInt(2), 31, "world", "anyone"), 31, null, "x"))));
        assertEquals(ErrorCode.INVALID_ACL, normalize(encoded(
            w -> RequestSamples.entry(RequestSamples.entry(w.writeInt(2), 31, "world", "anyone"), 1, null, "x"))));
    }

    private static UnsafeBuffer encoded(final Consumer<JuteWriter> record)
    {
        return new UnsafeBuffer(RequestSamples.bytes(record));
    }

    @Test
    void shouldRefuseAboveItsLimits()
    {
        final String[] many = new String[AclNormalizer.ENTRIES_MAX + 1];

        for (int i = 0; i < many.length; i++)
        {
            many[i] = i + ":world:anyone";
        }

        assertEquals(ErrorCode.INVALID_ACL, normalize(acl(many)));
        many[0] = "1:world:anyone";
        final String[] most = Arrays.copyOf(many, AclNormalizer.ENTRIES_MAX);
        assertEquals(ErrorCode.OK, normalize(acl(most)));

        final int idLengthMax = AclNormalizer.LENGTH_MAX - acl("31:digest:").capacity();
        final String longest = "31:digest:u:" + "h".repeat(idLengthMax - 2);
        assertEquals(ErrorCode.OK, normalize(acl(longest)));
        assertEquals(ErrorCode.INVALID_ACL, normalize(acl(longest + "h")));
    }

    /** Otherwise each request for the znode would have to go through all of them. */
    @Test
    void shouldRefuseExpansionToMoreEntriesThanAnAclMayHave()
    {
        authenticator.authenticate(auth("digest", "u:p"), who);
        authenticator.authenticate(auth("digest", "v:q"), who);
        final String[] entries = new String[AclNormalizer.ENTRIES_MAX / 2 + 1];

        for (int i = 0; i < entries.length; i++)
        {
            entries[i] = "31:auth:" + i;
        }

        assertEquals(ErrorCode.INVALID_ACL, normalize(acl(entries)));
        assertEquals(ErrorCode.OK, normalize(acl(Arrays.copyOf(entries, AclNormalizer.ENTRIES_MAX / 2))));
    }

    @Test
    void shouldRefuseExpansionAboveTheLongestAcl()
    {
        final UnsafeBuffer id = new UnsafeBuffer(new byte[60_000]);
        assertTrue(who.add(Scheme.DIGEST, id, 0, id.capacity()));
        final String[] entries = new String[20];

        for (int i = 0; i < entries.length; i++)
        {
            entries[i] = i + ":auth:";
        }

        assertEquals(ErrorCode.INVALID_ACL, normalize(acl(entries)));
        assertEquals(ErrorCode.OK, normalize(acl(Arrays.copyOf(entries, 10))));
    }

    @Test
    void shouldNotKnowDigestWhenSwitchedOff()
    {
        final AclNormalizer off = new AclNormalizer(new AclSettings(false, false, "SHA1", null, List.of()),
            AclSamples::hash);
        authenticator.authenticate(auth("digest", "u:p"), who);

        assertEquals(ErrorCode.INVALID_ACL, off.normalize(acl("31:digest:a:b"), 0, acl("31:digest:a:b").capacity(), who,
            2));
        assertEquals(ErrorCode.INVALID_ACL, off.normalize(acl("31:auth:"), 0, acl("31:auth:").capacity(), who, 2));
    }

    @Test
    void shouldMaskDigestsOnly()
    {
        assertMasked(acl("31:digest:u:x", "1:world:anyone", "2:ip:::1", "3:digest:nocolon", "4:digest::x"),
            acl("31:digest:" + USER_ID, "1:world:anyone", "2:ip:::1", "3:digest:nocolon", "4:digest:::::"));
        assertMasked(acl(), acl());
    }

    private static void assertMasked(final UnsafeBuffer expected, final UnsafeBuffer acl)
    {
        assertEquals(expected.capacity(), AclMask.maskedLength(acl, 0));
        final byte[] masked = RequestSamples.bytes(writer -> AclMask.encode(acl, 0, writer));
        assertEquals(text(expected, expected.capacity()), text(new UnsafeBuffer(masked), masked.length));
    }
}
