// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/authority_presets.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

AuthorityPreset::Root rootFrom(const QString& name)
{
    using enum AuthorityPreset::Root;
    return name == u"fingerprint" ? Fingerprint : name == u"pinned" ? Pinned : System;
}

AuthorityPreset presetFrom(const QJsonObject& json)
{
    return {json[u"name"_s].toString(), json[u"directoryUrl"_s].toString(), rootFrom(json[u"root"_s].toString()),
            json[u"note"_s].toString()};
}

} // namespace

QList<AuthorityPreset> authorityPresets()
{
    QFile file(u":/authorities.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    QList<AuthorityPreset> presets;
    for (const QJsonValue& entry : json[u"presets"_s].toArray())
        presets += presetFrom(entry.toObject());
    return presets;
}

} // namespace ui
