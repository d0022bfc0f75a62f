/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static io.caracal.engine.acl.AclSamples.USER_ID;
import static io.caracal.engine.acl.AclSamples.auth;
import static io.caracal.engine.acl.AclSamples.client;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AuthenticatorTest
{
    private final Authenticator authenticator = new Authenticator(AclSettings.defaults());
    private final Identities who = client(127, 0, 0, 1);

    private boolean hasDigest(final String id)
    {
        final UnsafeBuffer acl = AclSamples.acl("1:digest:" + id);
        return who.hasEntry(acl, 8, acl.capacity() - 8, who.count());
    }

    @Test
    void shouldComputeTheIdThatALiveServerComputed()
    {
        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("digest", "u:p"), who));
        assertTrue(hasDigest(USER_ID));
        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("digest", "u:p"), who));
        assertEquals(2, who.count(), "the same twice is one");
        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("digest", "u:other:with:colons"), who));
        assertEquals(3, who.count(), "several users and passwords are possible");
    }

    @Test
    void shouldTakeCredentialsWithoutPassword() throws NoSuchAlgorithmException
    {
        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("digest", "user"), who));
        assertTrue(hasDigest("user:" + hash("user", "SHA1")));
        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("digest", ""), who));
        assertTrue(hasDigest(":" + hash("", "SHA1")));
    }

    private static String hash(final String text, final String algorithm) throws NoSuchAlgorithmException
    {
        return Base64.getEncoder()
            .encodeToString(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldReplaceBytesThatAreNoText() throws NoSuchAlgorithmException
    {
        final byte[] latin = "u:caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);

        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("digest", latin), who));
        assertTrue(hasDigest("u:" + hash("u:caf\ufffd", "SHA1")));
    }

    @Test
    void shouldUseTheConfiguredHash() throws NoSuchAlgorithmException
    {
        final Authenticator strong = new Authenticator(new AclSettings(false, true, "SHA-256", null, List.of()));

        assertEquals(AuthOutcome.ACCEPTED, strong.authenticate(auth("digest", "u:p"), who));
        assertTrue(hasDigest("u:" + hash("u:p", "SHA-256")));
        assertThrows(IllegalArgumentException.class, () -> new Authenticator(new AclSettings(false, true, "ROT13", null,
            List.of())));
    }

    @Test
    void shouldRefuseWhatItCannotJudge()
    {
        for (final String scheme : new String[]{ "world", "auth", "super", "sasl", "x509", "ensemble", "", "Digest",
            null })
        {
            assertEquals(AuthOutcome.FAILED, authenticator.authenticate(auth(scheme, "u:p"), who), scheme);
        }

        assertEquals(AuthOutcome.FAILED, authenticator.authenticate(auth("digest", (String)null), who));
        final Authenticator off = new Authenticator(new AclSettings(false, false, "SHA1", null, List.of()));
        assertEquals(AuthOutcome.FAILED, off.authenticate(auth("digest", "u:p"), who));
        assertEquals(1, who.count());
        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("ip", ""), who));
        assertEquals(1, who.count());
    }

    @Test
    void shouldTakeAnAddressWhateverIsSaidAboutIt()
    {
        final int before = who.count();
        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("ip", (String)null), who));
        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("ip", "10.0.0.1"), who));
        assertEquals(before, who.count());
    }

    @Test
    void shouldKeepIdentitiesWithinBounds()
    {
        for (int i = 0; i < Identities.IDENTITIES_MAX - 1; i++)
        {
            assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("digest", "u" + i + ":p"), who));
        }

        assertEquals(AuthOutcome.FAILED, authenticator.authenticate(auth("digest", "one:more"), who));
        assertEquals(AuthOutcome.ACCEPTED, authenticator.authenticate(auth("digest", "u0:p"), who), "there already");
        assertEquals(Identities.IDENTITIES_MAX, who.count());
        assertEquals(AuthOutcome.FAILED, authenticator.authenticate(auth("digest", "x".repeat(Identities.LENGTH_MAX)),
            client(1, 2, 3, 4)));
    }

    @Test
    void shouldHoldClientsToTheNameOfTheEnsemble()
    {
        final Authenticator named = new Authenticator(new AclSettings(false, true, "SHA1", null, List.of("north",
            "south")));

        assertEquals(AuthOutcome.ACCEPTED, named.authenticate(auth("ensemble", "south"), who));
        assertEquals(AuthOutcome.ACCEPTED, named.authenticate(auth("ensemble", ""), who));
        assertEquals(AuthOutcome.WRONG_ENSEMBLE, named.authenticate(auth("ensemble", "west"), who));
        assertEquals(1, who.count(), "it never grants rights");
    }

    @Test
    void shouldNotShowSecrets()
    {
        final AclSettings settings = AclSamples.withSuper(USER_ID);

        assertFalse(settings.toString().contains(USER_ID.substring(2)));
        assertTrue(settings.toString().contains("superDigest=set"));
        authenticator.authenticate(auth("digest", "u:p"), who);
        assertEquals("ip=127.0.0.1 digest=u", AclSamples.whoAmI(who));
    }

    @Test
    void shouldDemandASchemeWhenEnforced()
    {
        final AuthEnforcement digest = AuthEnforcement.of(List.of("digest"), AclSettings.defaults());
        assertFalse(digest.permits(who, who.count()));
        assertTrue(AuthEnforcement.none().permits(who, who.count()));
        assertTrue(AuthEnforcement.of(List.of("digest", "ip"), AclSettings.defaults()).permits(who, who.count()));
        authenticator.authenticate(auth("digest", "u:p"), who);
        assertTrue(digest.permits(who, who.count()));
        assertFalse(digest.permits(who, 1), "those at arrival count");
    }

    @Test
    void shouldRefuseToEnforceWhatNobodyCanFulfil()
    {
        final AclSettings off = new AclSettings(false, false, "SHA1", null, List.of());

        assertThrows(IllegalArgumentException.class, () -> AuthEnforcement.of(List.of(), AclSettings.defaults()));
        assertThrows(IllegalArgumentException.class, () -> AuthEnforcement.of(List.of("digest"), off));

        for (final String scheme : new String[]{ "sasl", "x509", "world", "auth", "super", "" })
        {
            assertThrows(IllegalArgumentException.class, () -> AuthEnforcement.of(List.of("digest", scheme),
                AclSettings.defaults()));
        }
    }
}
