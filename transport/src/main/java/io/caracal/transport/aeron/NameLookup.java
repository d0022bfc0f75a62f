/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The address of one host, looked up anew at each request. Literal addresses need no thread. */
final class NameLookup
{
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final String host;
    private final NameResolver resolver;
    private volatile Answer answer;
    private boolean isUnderWay;

    /** What became of a request; the address is null when there is none. */
    private record Answer(InetAddress address)
    {
    }

    NameLookup(final String host, final NameResolver resolver)
    {
        this.host = host;
        this.resolver = resolver;
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
            answer = new Answer(null);
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

    /** The address, once done; null if the name is not known. */
    InetAddress address()
    {
        final Answer present = answer;

        return present == null ? null : present.address();
    }

    String host()
    {
        return host;
    }

    /** Looks the name up, which can take long; what is done before anybody learns of the answer is done in any case. */
    void resolve(final Runnable beforeAnswer)
    {
        Answer found = new Answer(null);

        try
        {
            found = new Answer(InetAddress.getByName(host));
        }
        catch (final UnknownHostException unknown)
        {
            // So there is none.
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
