/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.protocol.Perms;
import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class IdentitiesEncoderTest
{
    private static final byte[] V4 = { 10, 1, 2, 3 };
    private static final byte[] V6 = { 0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7 };

    private final IdentitiesDecoder decoder = new IdentitiesDecoder();
    private final ExpandableArrayBuffer target = new ExpandableArrayBuffer();

    private static Identities identities(final byte[] address, final String... digests)
    {
        final Identities identities = new Identities();
        identities.attachAddress(new UnsafeBuffer(address), 0, address.length);
        for (final String digest : digests)
        {
            final UnsafeBuffer bytes = new UnsafeBuffer(digest.getBytes(StandardCharsets.UTF_8));
            assertTrue(identities.add(Scheme.DIGEST, bytes, 0, bytes.capacity()));
        }
        return identities;
    }

    private Identities travel(final Identities identities, final int limit)
    {
        final int offset = 13;
        final int length = IdentitiesEncoder.encode(identities, limit, target, offset);
        assertEquals(IdentitiesEncoder.length(identities, limit), length);
        assertTrue(decoder.wrap(target, offset, length));
        return decoder.identities();
    }

    private static boolean allows(final Identities who, final String scheme, final String id)
    {
        final UnsafeBuffer acl = AclSamples.acl("1:" + scheme + ":" + id);
        return new AclChecker(AclSettings.defaults()).allows(acl, 0, acl.capacity(), Perms.READ, who, who.count());
    }

    @Test
    void shouldPermitWhatTheConnectionIsPermitted()
    {
        final Identities there = travel(identities(V4, "ann:hash", "bob:hash"), 3);

        assertEquals(3, there.count());
        assertTrue(allows(there, "digest", "ann:hash"));
        assertTrue(allows(there, "digest", "bob:hash"));
        assertTrue(allows(there, "ip", "10.1.0.0/16"));
        assertFalse(allows(there, "digest", "eve:hash"));
        assertFalse(allows(there, "ip", "10.2.0.0/16"));
        assertFalse(there.isSuper(3));
    }

    @Test
    void shouldLeaveBehindWhatWasProvenAfterTheRequest()
    {
        final Identities identities = identities(V6, "ann:hash");
        identities.add(Scheme.SUPER, new UnsafeBuffer(new byte[0]), 0, 0);

        assertFalse(allows(travel(identities, 1), "digest", "ann:hash"));
        assertFalse(travel(identities, 2).isSuper(2));
        assertTrue(allows(travel(identities, 2), "ip", "2001::7"));
        assertTrue(travel(identities, 3).isSuper(3));
        assertFalse(allows(travel(identities, 0), "ip", "2001::7"));
    }

    @Test
    void shouldRememberNothingOfTheRequestBefore()
    {
        final Identities powerful = identities(V4, "ann:hash");
        powerful.add(Scheme.SUPER, new UnsafeBuffer(new byte[0]), 0, 0);
        travel(powerful, 3);
        final Identities there = travel(new Identities(), 0);

        assertEquals(0, there.count());
        assertFalse(there.isSuper(0));
        assertFalse(allows(there, "ip", "10.1.2.3"));
    }

    @Test
    void shouldCarryAsManyAsThereCanBe()
    {
        final Identities many = identities(V6);
        final UnsafeBuffer id = new UnsafeBuffer(new byte[Identities.LENGTH_MAX / Identities.IDENTITIES_MAX]);
        for (byte i = 1; many.count() < Identities.IDENTITIES_MAX; i++)
        {
            id.setMemory(0, id.capacity(), i);
            if (!many.add(Scheme.DIGEST, id, 0, id.capacity() - 32))
            {
                break;
            }
        }
        final Identities there = travel(many, many.count());

        assertEquals(many.count(), there.count());
        assertTrue(IdentitiesEncoder.length(many, many.count()) <= IdentitiesEncoder.LENGTH_MAX);
    }

    @Test
    void shouldCarryTheLongestThatThereCanBe()
    {
        final Identities longest = identities(V6, "ann:hash");
        final int idLengthMax = Identities.LENGTH_MAX - longest.offset(longest.count()) - 2 * Integer.BYTES - "digest"
            .length();
        final UnsafeBuffer id = new UnsafeBuffer(new byte[idLengthMax + 1]);
        assertFalse(longest.add(Scheme.DIGEST, id, 0, idLengthMax + 1));
        assertTrue(longest.add(Scheme.DIGEST, id, 0, idLengthMax));

        assertEquals(IdentitiesEncoder.LENGTH_MAX, IdentitiesEncoder.length(longest, longest.count()));
        assertEquals(longest.count(), travel(longest, longest.count()).count());
    }

    @Test
    void shouldRefuseWhatIsCutOffOrTooLong()
    {
        final int length = IdentitiesEncoder.encode(identities(V4, "ann:hash"), 2, target, 0);
        for (int cut = 0; cut < length; cut++)
        {
            assertFalse(decoder.wrap(target, 0, cut), "cut to " + cut);
            assertEquals(0, decoder.identities().count());
        }
        target.putByte(length, (byte)0);
        assertFalse(decoder.wrap(target, 0, length + 1));
    }

    @Test
    void shouldSurviveAnyChangeOfAByte()
    {
        final SeededRandom random = new SeededRandom(3);
        final int length = IdentitiesEncoder.encode(identities(V4, "ann:hash", "bob:hash"), 3, target, 0);
        for (int i = 0; i < 20_000; i++)
        {
            final int at = random.nextInt(length);
            final byte before = target.getByte(at);
            target.putByte(at, (byte)random.nextInt(256));
            if (!decoder.wrap(target, 0, length))
            {
                assertEquals(0, decoder.identities().count());
            }
            target.putByte(at, before);
        }
    }
}
