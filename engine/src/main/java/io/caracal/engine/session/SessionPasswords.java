/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.DirectBuffer;

/**
 * Passwords of sessions: the first 16 bytes of HMAC-SHA256 of the session id under a secret that the ensemble shares.
 * Every server can check every password, and nobody without the secret can guess one. Used only at handshakes.
 */
public final class SessionPasswords
{
    /** Length of a password in bytes. */
    public static final int PASSWORD_LENGTH = 16;

    /** Length of the secret in bytes. */
    public static final int SECRET_LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private byte[] secret = new byte[0];
    private Mac mac;

    /**
     * Whether the secret is known.
     *
     * @return false until {@link #secret(byte[])}.
     */
    public boolean hasSecret()
    {
        return secret.length != 0;
    }

    /**
     * The secret of the ensemble.
     *
     * @return a copy.
     */
    public byte[] secret()
    {
        return Arrays.copyOf(secret, secret.length);
    }

    /**
     * The secret of the ensemble became known.
     *
     * @param newSecret at least 16 bytes; copied.
     */
    public void secret(final byte[] newSecret)
    {
        secret = Arrays.copyOf(newSecret, newSecret.length);
        try
        {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        }
        catch (final GeneralSecurityException e)
        {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * The password of a session that was created here.
     *
     * @param sessionId any.
     * @return {@link #PASSWORD_LENGTH} bytes.
     */
    public byte[] password(final long sessionId)
    {
        return Arrays.copyOf(mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(sessionId).array()), PASSWORD_LENGTH);
    }

    /**
     * The password of a session, imported or not.
     *
     * @param session any.
     * @return {@link #PASSWORD_LENGTH} bytes.
     */
    public byte[] password(final Session session)
    {
        return session.isImported() ? ImportedPassword.of(session.id()) : password(session.id());
    }

    /**
     * Compares a password in time that does not depend on where it differs.
     *
     * @param sessionId id of the session.
     * @param session   the session, or null when there is none with this id, or none any more. The rule for sessions
     *                  created here then applies, so that somebody who only knows ZooKeeper's rule learns nothing.
     * @param buffer    holds what the client sent.
     * @param offset    of it.
     * @param length    of it; negative when the client sent none.
     * @return true when it is the right one.
     */
    public boolean isRight(final long sessionId, final Session session, final DirectBuffer buffer, final int offset,
        final int length)
    {
        if (length != PASSWORD_LENGTH)
        {
            return false;
        }

        final byte[] sent = new byte[PASSWORD_LENGTH];
        buffer.getBytes(offset, sent);

        return MessageDigest.isEqual(sent, session == null ? password(sessionId) : password(session));
    }
}
