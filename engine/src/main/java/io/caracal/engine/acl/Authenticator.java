/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import io.caracal.engine.protocol.AuthRequestDecoder;
import io.caracal.engine.protocol.JuteReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns the credentials of an auth packet into identities of its connection. This is rare, so it may hash and allocate.
 * Copies of passwords are wiped before a call returns, and no text ever contains one.
 */
public final class Authenticator
{
    private final AclSettings settings;
    private final MessageDigest digest;

    /**
     * Creates an authenticator.
     *
     * @param settings of the server.
     * @throws IllegalArgumentException when the JDK does not know the hash.
     */
    public Authenticator(final AclSettings settings)
    {
        this.settings = settings;
        digest = digestOf(settings.digestAlgorithm());
    }

    private static MessageDigest digestOf(final String algorithm)
    {
        try
        {
            return MessageDigest.getInstance(algorithm);
        }
        catch (final NoSuchAlgorithmException unknown)
        {
            throw new IllegalArgumentException("unknown digest algorithm " + algorithm, unknown);
        }
    }

    /**
     * Evaluates an auth packet. It takes effect for requests that arrive later.
     *
     * @param request    decoded packet.
     * @param identities of the connection; proven ones are added.
     * @return what to answer.
     */
    public AuthOutcome authenticate(final AuthRequestDecoder request, final Identities identities)
    {
        final DirectBuffer buffer = request.buffer();
        final Scheme scheme = Scheme.of(buffer, request.schemeOffset(), request.schemeLength());

        if (scheme == null || (request.authLength() == JuteReader.NULL && scheme != Scheme.IP))
        {
            return AuthOutcome.FAILED;
        }

        return switch (scheme)
        {
            case DIGEST -> authenticateDigest(request, identities);
            case ENSEMBLE -> authenticateEnsemble(request);
            // The address is known anyway, so whatever the client says about it does not matter.
            case IP -> AuthOutcome.ACCEPTED;
            case WORLD, AUTH, SUPER -> AuthOutcome.FAILED;
        };
    }

    private AuthOutcome authenticateDigest(final AuthRequestDecoder request, final Identities identities)
    {
        if (!settings.digestEnabled())
        {
            return AuthOutcome.FAILED;
        }

        final byte[] id = digestId(credentials(request));
        final UnsafeBuffer view = new UnsafeBuffer(id);
        final boolean isSuper = settings.superDigest() != null &&
            MessageDigest.isEqual(settings.superDigest().getBytes(StandardCharsets.UTF_8), id);
        final boolean isAdded = (!isSuper || identities.add(Scheme.SUPER, view, 0, 0)) && identities.add(Scheme.DIGEST,
            view, 0, id.length);

        return isAdded ? AuthOutcome.ACCEPTED : AuthOutcome.FAILED;
    }

    /**
     * A copy of the credentials, in which bytes that are not UTF-8 are replaced as ZooKeeper's server does.
     */
    private static byte[] credentials(final AuthRequestDecoder request)
    {
        final byte[] raw = new byte[request.authLength()];
        request.buffer().getBytes(request.authOffset(), raw);
        final byte[] replaced = new String(raw, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        Arrays.fill(raw, (byte)0);

        return replaced;
    }

    /** {@code user:base64(hash(user:password))}; wipes its argument. */
    private byte[] digestId(final byte[] userAndPassword)
    {
        int userLength = 0;

        while (userLength < userAndPassword.length && userAndPassword[userLength] != ':')
        {
            userLength++;
        }

        final byte[] hash = Base64.getEncoder().encode(digest.digest(userAndPassword));
        final byte[] id = Arrays.copyOf(userAndPassword, userLength + 1 + hash.length);
        id[userLength] = ':';
        new UnsafeBuffer(id).putBytes(userLength + 1, hash);
        Arrays.fill(userAndPassword, (byte)0);

        return id;
    }

    private AuthOutcome authenticateEnsemble(final AuthRequestDecoder request)
    {
        if (settings.ensembleNames().isEmpty())
        {
            return AuthOutcome.FAILED;
        }

        final byte[] name = credentials(request);
        final boolean isOurs = name.length == 0 || settings.ensembleNames().contains(new String(name,
            StandardCharsets.UTF_8));

        return isOurs ? AuthOutcome.ACCEPTED : AuthOutcome.WRONG_ENSEMBLE;
    }
}
