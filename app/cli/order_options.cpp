// SPDX-License-Identifier: Apache-2.0
#include "app/cli/order_options.h"

#include "app/cli/lookup.h"
#include "base/platform.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using lifecycle::IssueRequest;

constexpr qint64 csrLimit = 1024 * 1024;

Result<void> readValidity(const Arguments& arguments, IssueRequest& request)
{
    const auto notBefore = momentOption(arguments, u"not-before"_s);
    if (!notBefore)
        return base::failed(notBefore.error());
    const auto notAfter = momentOption(arguments, u"not-after"_s);
    if (!notAfter)
        return base::failed(notAfter.error());
    const auto lifetime = durationOption(arguments, u"lifetime"_s);
    if (!lifetime)
        return base::failed(lifetime.error());
    if (*lifetime && notAfter->isValid())
        return badOption(u"lifetime"_s, u"give either this or --not-after"_s);
    if (*lifetime && lifetime->value().count() == 0)
        return badOption(u"lifetime"_s, u"is longer than nothing"_s);
    request.notBefore = *notBefore;
    request.notAfter = *notAfter;
    if (*lifetime)
        request.lifetimeSeconds = std::chrono::duration_cast<std::chrono::seconds>(lifetime->value()).count();
    return {};
}

Result<void> readKeyOptions(const Arguments& arguments, IssueRequest& request)
{
    request.keepKey = arguments.has(u"keep-key"_s);
    request.mustStaple = arguments.has(u"must-staple"_s);
    request.reuseCsr = arguments.has(u"csr-reuse"_s);
    if (!arguments.has(u"csr"_s))
        return request.reuseCsr ? Result<void>(badOption(u"csr-reuse"_s, u"needs --csr FILE"_s)) : Result<void>();
    for (const QString& other : {u"key"_s, u"keep-key"_s, u"must-staple"_s, u"batch"_s})
        if (arguments.has(other))
            return badOption(other, u"does not go with --csr, which decides key and content"_s);
    auto csr = readCsrOption(arguments);
    if (!csr)
        return base::failed(std::move(csr).error());
    request.csrDer = *std::move(csr);
    return {};
}

} // namespace

QList<Option> orderOptionList()
{
    return {
        {u"csr"_s, u"FILE"_s,
         u"A certificate request (PKCS#10, PEM or DER) made where the key is: the names come from it."_s},
        {u"csr-reuse"_s,
         {},
         u"With --csr: renewals send the same request again. Without, each waits for a fresh one."_s},
        {u"keep-key"_s, {}, u"Renewals use the same key again. Without, each makes a new one."_s},
        {u"must-staple"_s, {}, u"Demands a stapled OCSP response (RFC 7633)."_s},
        {u"not-before"_s, u"TIME"_s, u"When the certificate shall begin, where the CA takes that."_s},
        {u"not-after"_s, u"TIME"_s, u"When it shall end; renewals ask for the same lifetime."_s},
        {u"lifetime"_s, u"DURATION"_s, u"The same from the moment of each order: 12h, 7d."_s},
        {u"preferred-chain"_s, u"NAME|SHA256"_s,
         u"The root or issuer that the chain shall lead to; else the CA's default chain is taken."_s},
        {u"preauthorize"_s, {}, u"Proves the names before the order is made, where the CA offers that."_s},
    };
}

Result<void> readOrderOptions(const Arguments& arguments, IssueRequest& request)
{
    if (auto read = readKeyOptions(arguments, request); !read)
        return read;
    request.preferredChain = arguments.value(u"preferred-chain"_s);
    request.preauthorize = arguments.has(u"preauthorize"_s);
    return readValidity(arguments, request);
}

Result<QByteArray> readCsrOption(const Arguments& arguments)
{
    auto bytes = base::platform::readFile(arguments.value(u"csr"_s), csrLimit);
    if (!bytes)
        return base::failed(base::Error(bytes.error()).during(u"reading --csr"));
    return bytes;
}

} // namespace cli
