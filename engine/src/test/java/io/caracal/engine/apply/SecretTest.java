/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.session.SessionPasswords;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** All servers make passwords under the secret that a leader drew, so that a session can move, and nobody else can. */
class SecretTest extends ApplierFixture
{
    private static final long SESSION = 7;
    private static final long SEED = 42;

    private final byte[] secret = new byte[SessionPasswords.SECRET_LENGTH];

    @Test
    void shouldMakePasswordsUnderTheSecretThatWasReplicated()
    {
        assertFalse(replica.passwords().hasSecret());
        new Random(SEED).nextBytes(secret);
        txn.begin(0, 0, 1, 1, 0, Outcome.NO_DIGEST, 0);
        txn.secret(new UnsafeBuffer(secret), 0, secret.length);
        applier.apply(1, txn.buffer(), 0, txn.length());

        final SessionPasswords expected = new SessionPasswords();
        expected.secret(secret);
        assertTrue(replica.passwords().hasSecret());
        assertArrayEquals(expected.password(SESSION), replica.passwords().password(SESSION));
    }
}
