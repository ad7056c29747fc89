// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_rules.h"

#include "challenge/http01_request.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

} // namespace

base::Result<void> refuseWildcards(const QList<base::Identifier>& names, QStringView challengeType)
{
    for (const auto& name : names)
        if (name.isWildcard())
            return base::invalid(
                u"names"_s,
                u"%1 cannot prove the wildcard %2: choose dns-01 for it"_s.arg(challengeType, name.value()));
    return {};
}

base::Result<void> checkToken(const QString& token)
{
    if (!isToken(token.toUtf8()))
        return base::failed(base::ErrorCode::Protocol, u"the server's http-01 token is not base64url"_s);
    return {};
}

Expectation http01Expectation(const Answer& answer)
{
    const QString name = answer.identifier.value();
    const QString host = name.contains(u':') ? u'[' + name + u']' : name;
    return {u"http://%1/.well-known/acme-challenge/%2"_s.arg(host, answer.token), answer.keyAuthorization};
}

} // namespace challenge
