// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/order_input.h"

#include "acme/server_traits.h"
#include "lifecycle/authority.h"
#include "lifecycle/external_request.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

Result<void> checkValidity(const IssueRequest& request, const QDateTime& now)
{
    if (request.lifetimeSeconds < 0)
        return base::invalid(u"lifetime"_s, u"a lifetime is longer than nothing"_s);
    if (request.lifetimeSeconds > 0 && request.notAfter.isValid())
        return base::invalid(u"lifetime"_s, u"give either a lifetime or the moment of the end, not both"_s);
    if (request.notAfter.isValid() && request.notAfter <= now)
        return base::invalid(u"notAfter"_s, u"the certificate would have ended already"_s);
    if (request.notBefore.isValid() && request.notAfter.isValid() && request.notBefore >= request.notAfter)
        return base::invalid(u"notBefore"_s, u"the certificate would end before it begins"_s);
    return {};
}

/// Fills in the names, and keeps only the request itself of what may be PEM.
Result<void> takeExternalRequest(IssueRequest& request)
{
    if (request.csrDer.isEmpty())
        return {};
    if (request.mustStaple)
        return base::invalid(u"mustStaple"_s,
                             u"the certificate request decides about must-staple, it was made already"_s);
    if (request.keepKey)
        return base::invalid(u"keepKey"_s, u"with a certificate request the key is not here; the request decides it"_s);
    const auto external = readExternalRequest(request.csrDer);
    if (!external)
        return tl::unexpected(external.error());
    if (!request.names.isEmpty() && !sameNames(request.names, external->names))
        return base::invalid(u"csr"_s,
                             u"the certificate request is for other names: %1"_s.arg(
                                 base::identifierValues(external->names).join(u", "_s)));
    request.csrDer = external->der;
    request.names = external->names;
    return {};
}

} // namespace

Result<IssueRequest> checkedInput(IssueRequest request, const QDateTime& now)
{
    if (auto valid = checkValidity(request, now); !valid)
        return tl::unexpected(std::move(valid).error());
    if (auto taken = takeExternalRequest(request); !taken)
        return tl::unexpected(std::move(taken).error());
    if (request.names.isEmpty())
        return base::invalid(u"names"_s, u"a certificate needs a name"_s);
    return request;
}

OrderAbilities abilitiesOf(const Authority& authority)
{
    const acme::ServerTraits& traits = acme::traitsOf(authority.meta.kind);
    return {traits.acceptsValidityDates, traits.runsOcsp, authority.meta.preauthorization};
}

std::optional<base::Error> refusedBy(const Authority& authority, const IssueRequest& request)
{
    const acme::ServerTraits& traits = acme::traitsOf(authority.meta.kind);
    const bool asksForValidity =
        request.notBefore.isValid() || request.notAfter.isValid() || request.lifetimeSeconds > 0;
    if (asksForValidity && !traits.acceptsValidityDates)
        return base::Error(base::ErrorCode::InvalidInput,
                           u"%1 takes no notBefore or notAfter and chooses the lifetime itself; leave them out, or ask "
                           "for one of its profiles"_s.arg(QString::fromUtf16(traits.displayName)))
            .about(request.lifetimeSeconds > 0 ? u"lifetime"_s : u"notAfter"_s);
    if (request.preauthorize && !authority.meta.preauthorization)
        return base::Error(base::ErrorCode::InvalidInput,
                           u"“%1” offers no pre-authorization (newAuthz)"_s.arg(authority.name))
            .about(u"preauthorize"_s);
    return std::nullopt;
}

} // namespace lifecycle
