/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/** The addresses of one host, looked up anew at each request. Literal addresses need no thread. */
final class NameLookup
{
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    /** Whatever else looks like one is taken for a name, which can take long to look up. */
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private final String host;
    private final NameResolver resolver;
    private final Names names;
    private volatile List<InetAddress> answer;
    private boolean isUnderWay;

    /** Knows the addresses of hosts. */
    @FunctionalInterface
    interface Names
    {
        /** All addresses of a host, one at least. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    NameLookup(final String host, final NameResolver resolver)
    {
        this(host, resolver, InetAddress::getAllByName);
    }

    NameLookup(final String host, final NameResolver resolver, final Names names)
    {
        this.host = host;
        this.resolver = resolver;
        this.names = names;
    }

    /** Begins, unless it is under way. */
    void request()
    {
        if (isUnderWay)
        {
            return;
        }

        answer = null;
        isUnderWay = true;

        if (isLiteral())
        {
            resolve(() ->
            {
            });
        }
        else if (!resolver.submit(this))
        {
            answer = List.of();
        }
    }

    /** Whether the last request came to an end. */
    boolean isDone()
    {
        if (answer != null)
        {
            isUnderWay = false;
        }

        return answer != null;
    }

    /** The addresses, once done; none while it is not, or if the name is not known. */
    List<InetAddress> addresses()
    {
        final List<InetAddress> present = answer;

        return present == null ? List.of() : present;
    }

    String host()
    {
        return host;
    }

    /** Looks the name up, which can take long; what is done before anybody learns of the answer is done in any case. */
    void resolve(final Runnable beforeAnswer)
    {
        List<InetAddress> found = List.of();

        try
        {
            found = List.of(names.addresses(host));
        }
        catch (final UnknownHostException | RuntimeException unknown)
        {
            // So there is none; the thread is needed for other names.
        }
        finally
        {
            beforeAnswer.run();
            answer = found;
        }
    }

    private boolean isLiteral()
    {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }
}
