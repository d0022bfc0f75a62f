/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.Finding.Severity.REFUSE;
import static io.caracal.server.config.Finding.Severity.WARN;

import java.util.ArrayList;
import java.util.List;

/** Checks the settings of what people use to observe a server: four-letter words, commands over HTTP, metrics. */
final class OutlookCheck
{
    private static final int WORD_LENGTH = 4;
    /** Names of letters that mean themselves in the address of a page, with a slash before each. */
    private static final String PATH = "(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+";

    private final Settings settings;
    private final List<Finding> findings = new ArrayList<>();

    private OutlookCheck(final Settings settings)
    {
        this.settings = settings;
    }

    static List<Finding> findings(final Settings settings)
    {
        final OutlookCheck check = new OutlookCheck(settings);
        check.judgeWords();
        check.judgeUrl();
        check.judgeProvider();
        return check.findings;
    }

    private void judgeWords()
    {
        for (final String word : settings.list(ServerProperty.FOUR_LETTER_WORDS))
        {
            if (!"*".equals(word) && word.length() != WORD_LENGTH)
            {
                find(WARN, ServerProperty.FOUR_LETTER_WORDS, "\"" + word + "\" in " + ServerProperty.FOUR_LETTER_WORDS
                    .key() + " is no word of four letters; write commas between words, or * for all");
            }
        }
    }

    private void judgeUrl()
    {
        final String url = settings.text(ServerProperty.ADMIN_COMMAND_URL);
        if (!url.matches(PATH))
        {
            find(REFUSE, ServerProperty.ADMIN_COMMAND_URL, ServerProperty.ADMIN_COMMAND_URL.key() + "=" + url +
                " is not a path that begins with a slash and ends without one; write for example /commands");
        }
        else if (OwnPages.ALL.contains(url))
        {
            find(REFUSE, ServerProperty.ADMIN_COMMAND_URL, ServerProperty.ADMIN_COMMAND_URL.key() + "=" + url +
                " is the path of another page of this server; write for example /commands");
        }
    }

    private void judgeProvider()
    {
        final String provider = settings.text(ServerProperty.METRICS_PROVIDER);
        if (!MetricsProvider.isKnown(provider))
        {
            find(WARN, ServerProperty.METRICS_PROVIDER, "metricsProvider.className=" + provider +
                " has no effect: figures go to Prometheus or nowhere; write " + MetricsProvider.PROMETHEUS);
        }
    }

    private void find(final Finding.Severity severity, final ServerProperty property, final String message)
    {
        findings.add(new Finding(severity, settings.line(property).where(), message));
    }
}
