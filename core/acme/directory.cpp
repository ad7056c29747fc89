// SPDX-License-Identifier: Apache-2.0
#include "acme/directory.h"

#include "acme/resource_url.h"

#include <QJsonArray>

#include <array>

namespace acme {
namespace {

using namespace Qt::StringLiterals;

struct Resource {
    const char16_t* name;
    QUrl Directory::*url;
    bool needed = false; ///< nothing can be ordered without it
};

constexpr std::array resources {
    Resource {u"newNonce", &Directory::newNonce, true}, Resource {u"newAccount", &Directory::newAccount, true},
    Resource {u"newOrder", &Directory::newOrder, true}, Resource {u"newAuthz", &Directory::newAuthz},
    Resource {u"revokeCert", &Directory::revokeCert},   Resource {u"keyChange", &Directory::keyChange},
    Resource {u"renewalInfo", &Directory::renewalInfo},
};

QUrl informativeUrl(const QJsonValue& value, const QUrl& requestUrl)
{
    return value.toString().isEmpty() ? QUrl() : requestUrl.resolved(QUrl(value.toString()));
}

QStringList texts(const QJsonValue& value)
{
    QStringList texts;
    const QJsonArray entries = value.toArray();
    for (const QJsonValue& entry : entries)
        if (entry.isString())
            texts.append(entry.toString());
    return texts;
}

DirectoryMeta metaFromJson(const QJsonObject& json, const QUrl& requestUrl)
{
    DirectoryMeta meta;
    meta.termsOfService = informativeUrl(json[u"termsOfService"_s], requestUrl);
    meta.website = informativeUrl(json[u"website"_s], requestUrl);
    meta.caaIdentities = texts(json[u"caaIdentities"_s]);
    meta.externalAccountRequired = json[u"externalAccountRequired"_s].toBool();
    const QJsonObject profiles = json[u"profiles"_s].toObject();
    for (auto profile = profiles.begin(); profile != profiles.end(); ++profile)
        meta.profiles.insert(profile.key(), profile.value().toString());
    meta.accountHashPrefix = json[u"accountHashPrefix"_s].toString();
    meta.issuerDomainNames = texts(json[u"issuerDomainNames"_s]);
    return meta;
}

} // namespace

base::Result<Directory> Directory::fromJson(const QJsonObject& json, const QUrl& requestUrl)
{
    Directory directory;
    for (const Resource& resource : resources) {
        base::Result<QUrl> url = resourceUrl(json[QStringView(resource.name)], requestUrl);
        if (!url && resource.needed)
            return base::failed(std::move(url), resource.name);
        // What is not served over https is not offered; the rest of the server may still be of use.
        directory.*resource.url = url.value_or(QUrl());
    }
    if (directory.newNonce.isEmpty() || directory.newAccount.isEmpty() || directory.newOrder.isEmpty())
        return base::invalid(u"directoryUrl"_s, u"%1 is no ACME directory"_s.arg(requestUrl.toString()));
    directory.meta = metaFromJson(json[u"meta"_s].toObject(), requestUrl);
    directory.verbatim = json;
    return directory;
}

} // namespace acme
