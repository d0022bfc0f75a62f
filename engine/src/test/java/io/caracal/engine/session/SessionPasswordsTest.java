/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SessionPasswordsTest
{
    private static final byte[] SECRET = new byte[SessionPasswords.SECRET_LENGTH];

    private static SessionPasswords with(final byte[] secret)
    {
        final SessionPasswords passwords = new SessionPasswords();
        passwords.secret(secret);
        return passwords;
    }

    @Test
    void shouldMakeTheSamePasswordOnEveryServer()
    {
        assertArrayEquals(with(SECRET).password(0x100L), with(SECRET).password(0x100L));
        assertEquals(SessionPasswords.PASSWORD_LENGTH, with(SECRET).password(1).length);
    }

    @Test
    void shouldDifferBySessionAndBySecret()
    {
        final byte[] other = SECRET.clone();
        other[0] = 1;

        assertFalse(Arrays.equals(with(SECRET).password(1), with(SECRET).password(2)));
        assertFalse(Arrays.equals(with(SECRET).password(1), with(other).password(1)));
    }

    @Test
    void shouldRefuseEveryOtherPassword()
    {
        final SessionPasswords passwords = with(SECRET);
        final byte[] right = passwords.password(7);
        assertTrue(passwords.isRight(7, null, new UnsafeBuffer(right), 0, right.length));
        for (int i = 0; i < right.length; i++)
        {
            final byte[] wrong = right.clone();
            wrong[i] ^= 1;
            assertFalse(passwords.isRight(7, null, new UnsafeBuffer(wrong), 0, wrong.length));
        }
        assertFalse(passwords.isRight(7, null, new UnsafeBuffer(right), 0, right.length - 1));
        assertFalse(passwords.isRight(7, null, new UnsafeBuffer(right), 0, -1));
    }

    @Test
    void shouldKnowThePasswordsThatZooKeeperGave()
    {
        assertEquals("054cc74a37327db215e702e20c73f005", imported(0x1L));
        assertEquals("f22acd4a97e69d6d20a49bb638eadb38", imported(0x100000000000000L));
        assertEquals("9e44b4aa6477c431cc2de6ff3bbc300b", imported(0x1000012345678abcL));
    }

    private static String imported(final long sessionId)
    {
        final Session session = new SessionTable().add(sessionId, 4000, 1, 0);
        session.imported();

        return HexFormat.of().formatHex(with(SECRET).password(session));
    }

    @Test
    void shouldTakeZooKeepersPasswordFromImportedSessionsOnly()
    {
        final SessionPasswords passwords = with(SECRET);
        final byte[] old = ImportedPassword.of(7);
        final byte[] own = passwords.password(7);
        final Session session = new SessionTable().add(7, 4000, 1, 0);
        assertFalse(passwords.isRight(7, session, new UnsafeBuffer(old), 0, old.length));
        assertTrue(passwords.isRight(7, session, new UnsafeBuffer(own), 0, own.length));
        assertFalse(passwords.isRight(7, null, new UnsafeBuffer(old), 0, old.length));

        session.imported();
        assertTrue(passwords.isRight(7, session, new UnsafeBuffer(old), 0, old.length));
        assertFalse(passwords.isRight(7, session, new UnsafeBuffer(own), 0, own.length));
    }
}
