/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.Finding.Severity.REFUSE;
import static io.caracal.server.config.Finding.Severity.WARN;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Checks the settings that control access. A mistake there locks people out, or lets people in who should not be.
 */
final class AccessCheck
{
    private final Settings settings;
    private final List<Finding> findings = new ArrayList<>();

    private AccessCheck(final Settings settings)
    {
        this.settings = settings;
    }

    static List<Finding> findings(final Settings settings)
    {
        final AccessCheck check = new AccessCheck(settings);
        check.judgeEnforcement();
        check.judgeDigest();
        return check.findings;
    }

    private void judgeEnforcement()
    {
        if (!settings.flag(ServerProperty.ENFORCE_AUTH))
        {
            return;
        }

        final List<String> schemes = settings.list(ServerProperty.ENFORCE_SCHEMES);
        if (schemes.isEmpty() || !List.of("digest", "ip").containsAll(schemes))
        {
            find(REFUSE, ServerProperty.ENFORCE_AUTH, "enforce.auth.enabled needs enforce.auth.schemes, and" +
                " this version can enforce digest and ip only; write enforce.auth.schemes=digest");
        }
        else if (schemes.contains("digest") && !settings.flag(ServerProperty.DIGEST_SCHEME))
        {
            find(REFUSE, ServerProperty.ENFORCE_SCHEMES, "enforce.auth.schemes asks for digest, which " +
                ServerProperty.DIGEST_SCHEME.key() + "=false switches off: nobody could authenticate; change one");
        }
    }

    private void judgeDigest()
    {
        final int length;
        try
        {
            length = MessageDigest.getInstance(settings.text(ServerProperty.DIGEST_ALGORITHM)).getDigestLength();
        }
        catch (final NoSuchAlgorithmException ex)
        {
            find(REFUSE, ServerProperty.DIGEST_ALGORITHM,
                ServerProperty.DIGEST_ALGORITHM.key() + "=" + settings.text(ServerProperty.DIGEST_ALGORITHM) +
                    " is no hash that this JVM has; write SHA1, SHA-256 or SHA3-256");
            return;
        }

        final String superDigest = settings.text(ServerProperty.SUPER_DIGEST);
        if (superDigest != null && !superDigest.isEmpty() && !isUserAndHash(superDigest, length))
        {
            find(WARN, ServerProperty.SUPER_DIGEST, ServerProperty.SUPER_DIGEST.key() +
                " makes nobody the super user: behind the colon it needs the hash of user:password in Base64, " +
                length + " bytes of " + settings.text(ServerProperty.DIGEST_ALGORITHM) + ", and not the password");
        }
    }

    private static boolean isUserAndHash(final String superDigest, final int length)
    {
        final int colon = superDigest.indexOf(':');
        try
        {
            return colon > 0 && Base64.getDecoder().decode(superDigest.substring(colon + 1)).length == length;
        }
        catch (final IllegalArgumentException ex)
        {
            return false;
        }
    }

    private void find(final Finding.Severity severity, final ServerProperty property, final String message)
    {
        findings.add(new Finding(severity, settings.line(property).where(), message));
    }
}
