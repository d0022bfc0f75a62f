/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks up the addresses of one host, anew at each request. Literal addresses need no thread. What was found last stays
 * known while the name cannot be looked up: links must come back though the name servers are away.
 */
final class NameLookup
{
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    /** Anything else that looks like an IPv4 address is treated as a name, whose lookup can take long. */
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private final String host;
    private final NameResolver resolver;
    private final Names names;
    private volatile List<InetAddress> answer;
    private volatile List<InetAddress> lastFound = List.of();
    private boolean isUnderWay;

    /** Knows the addresses of hosts. */
    @FunctionalInterface
    interface Names
    {
        /** Returns all addresses of a host, at least one. */
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

    /** Begins a lookup, unless one is under way. */
    void request()
    {
        // The answer may have come after the requester had gone on without it. It is old by now.
        if (isUnderWay && !isDone())
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

    /** Whether the last request has finished. */
    boolean isDone()
    {
        if (answer != null)
        {
            isUnderWay = false;
        }

        return answer != null;
    }

    /**
     * The addresses found by the last lookup that found any. Empty if there was none. While {@link #isCurrent()} is
     * false, the name may have other addresses by now, or none.
     */
    List<InetAddress> addresses()
    {
        return lastFound;
    }

    /** Whether the last request has finished and the name was known. */
    boolean isCurrent()
    {
        final List<InetAddress> present = answer;

        return present != null && !present.isEmpty();
    }

    String host()
    {
        return host;
    }

    /**
     * Looks the name up, which can take long.
     *
     * @param beforeAnswer always runs before the answer becomes visible.
     */
    void resolve(final Runnable beforeAnswer)
    {
        List<InetAddress> found = List.of();

        try
        {
            found = List.of(names.addresses(host));
        }
        catch (final UnknownHostException | RuntimeException unknown)
        {
            // There is no answer then. The thread must survive, since other names need it.
        }
        finally
        {
            beforeAnswer.run();
            lastFound = found.isEmpty() ? lastFound : found;
            answer = found;
        }
    }

    private boolean isLiteral()
    {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }
}
