/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteReader;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.RequestSamples;
import org.agrona.concurrent.UnsafeBuffer;

class AclNormalizerFuzzTest
{
    private static final AclNormalizer NORMALIZER = new AclNormalizer(AclSettings.defaults(), AclSamples::hash);
    private static final AclChecker CHECKER = new AclChecker(AclSettings.defaults());
    private static final Identities WHO = AclSamples.client(127, 0, 0, 1);

    static
    {
        new Authenticator(AclSettings.defaults()).authenticate(AclSamples.auth("digest", "u:p"), WHO);
    }

    @FuzzTest(maxDuration = "20s", maxExecutions = 60_000)
    void shouldStoreOnlyWhatIsSound(final byte[] record)
    {
        final UnsafeBuffer acl = new UnsafeBuffer(record);
        final JuteReader reader = new JuteReader();
        reader.wrap(acl, 0, record.length);

        if (reader.skipAcls() != JuteReader.NULL && NORMALIZER.normalize(acl, 0, reader.position(), WHO,
            WHO.count()) == ErrorCode.OK)
        {
            assertSound();
        }
    }

    /** Asserts that the stored ACL decodes, normalizes to itself, and can be checked and masked. */
    private static void assertSound()
    {
        final byte[] stored = new byte[NORMALIZER.length()];
        NORMALIZER.acl().getBytes(0, stored);
        final UnsafeBuffer acl = new UnsafeBuffer(stored);
        final JuteReader reader = new JuteReader();
        reader.wrap(acl, 0, stored.length);

        assertTrue(reader.skipAcls() > 0, "at least one entry");
        assertEquals(0, reader.remaining(), "nothing behind the last entry");
        assertEquals(ErrorCode.OK, NORMALIZER.normalize(acl, 0, stored.length, WHO, WHO.count()));
        assertTrue(NORMALIZER.length() <= stored.length, "only duplicates that expansion made can go");
        CHECKER.allows(acl, 0, stored.length, Perms.READ, WHO, WHO.count());
        final byte[] masked = RequestSamples.bytes(writer -> AclMask.encode(acl, 0, writer));
        assertEquals(AclMask.maskedLength(acl, 0), masked.length);
    }
}
