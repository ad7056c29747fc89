// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace ui {

/// A known CA, as a start for the form.
struct AuthorityPreset {
    QString name;
    QString directoryUrl; ///< words in capitals are to be replaced: "https://HOST/acme/PROVISIONER/directory"
    /// Where its root usually comes from.
    enum class Root { System, Pinned, Fingerprint } root = Root::System;
    QString note;
};

/// The presets of resources/authorities.json, in its order.
QList<AuthorityPreset> authorityPresets();

} // namespace ui
