// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/authority_presets.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

AuthorityPreset presetFrom(const QJsonObject& json)
{
    return {json[u"name"_s].toString(), json[u"directoryUrl"_s].toString(), json[u"root"_s].toString() == u"pinned"_s,
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
