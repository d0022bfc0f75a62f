/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
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
        assertTrue(passwords.isRight(7, new UnsafeBuffer(right), 0, right.length));
        for (int i = 0; i < right.length; i++)
        {
            final byte[] wrong = right.clone();
            wrong[i] ^= 1;
            assertFalse(passwords.isRight(7, new UnsafeBuffer(wrong), 0, wrong.length));
        }
        assertFalse(passwords.isRight(7, new UnsafeBuffer(right), 0, right.length - 1));
        assertFalse(passwords.isRight(7, new UnsafeBuffer(right), 0, -1));
    }
}
