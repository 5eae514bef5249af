using System.Net.Sockets;
using System.Security.Authentication;
using OrleansIdentity.Okta.Outbound;
using OrleansIdentity.Okta.Results;
using Polly.Timeout;

namespace OrleansIdentity.Okta.Errors;

/// <summary>Turns a request that got no answer into what an admin can act on. The exception's text goes no further.</summary>
public static class SendFailures
{
    /// <summary>Whether an exception is such a case.</summary>
    public static bool IsOne(Exception exception) => exception is HttpRequestException or IOException or TimeoutRejectedException or OutboundException;

    /// <summary>Whether the same request may succeed in a moment.</summary>
    public static bool IsTransient(Exception exception) =>
        exception is HttpRequestException or IOException or TimeoutRejectedException && !Chain(exception).Any(inner => inner is OutboundException or AuthenticationException);

    /// <summary>The failure.</summary>
    public static OktaFailure.Unreachable Of(Exception exception)
    {
        foreach (var inner in Chain(exception))
        {
            switch (inner)
            {
                case AddressRefusedException:
                    return new(OktaErrors.AddressRefused);
                case AnswerTooLargeException:
                    return new(OktaErrors.BodyTooLarge);
                case TimeoutRejectedException:
                    return new(OktaErrors.TimedOut);
                case AuthenticationException:
                    return new(OktaErrors.TlsFailed);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }:
                    return new(OktaErrors.NameUnknown);
                case HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }:
                    return new(OktaErrors.NameUnknown);
                case HttpIOException or InvalidDataException:
                    return new(OktaErrors.BodyUnreadable);
            }
        }

        // What ends a connection before the headers arrives wrapped; in the middle of the body it does not.
        return new(exception is IOException ? OktaErrors.BodyUnreadable : OktaErrors.ConnectFailed);
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException!)
        {
            yield return inner;
        }
    }
}
