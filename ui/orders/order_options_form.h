// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authority.h"
#include "lifecycle/managed_certificate.h"

#include <QMap>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLineEdit;

namespace ui {

class CsrField;
class Form;
class TagField;

/// What a certificate shall be like beside its names and its proof; every wish has a default that suits most.
class OrderOptionsForm : public QWidget {
    Q_OBJECT

public:
    explicit OrderOptionsForm(QWidget* parent = nullptr);

    /// Back to the defaults.
    void clear();
    /// Offers what the authority takes.
    void offer(const lifecycle::Authority& authority);
    /// The tags that there are, to choose from.
    void offerTags(const QStringList& names);
    /// The names that a certificate request asks for; empty unless one is given.
    QList<base::Identifier> requestedNames() const;
    /// Whether key and names come from a certificate request.
    bool usesRequest() const;
    /// Puts the wishes into `request`: false, with the fault shown, where one is wrong.
    bool fill(lifecycle::IssueRequest& request);
    /// Shows the error at the field that it names: false where it names none of this form.
    bool showError(const base::Error& error);
    void clearFaults();

Q_SIGNALS:
    /// A certificate request was given or taken away.
    void requestChanged();

private:
    enum Validity { OfTheAuthority, Lifetime, Period };
    enum Source { Here, Elsewhere };

    void buildForm();
    QWidget* makeValidity();
    void showChosen();
    void showProfile();
    bool fillValidity(lifecycle::IssueRequest& request);
    bool fillTags(lifecycle::IssueRequest& request);

    Form* m_form;
    QComboBox* m_source;
    CsrField* m_csr;
    QComboBox* m_csrRenewal;
    QComboBox* m_keyType;
    QComboBox* m_keyRenewal;
    QComboBox* m_profile;
    QMap<QString, QString> m_profiles; ///< name → the authority's description
    QComboBox* m_validity;
    QLineEdit* m_lifetime;
    QDateTimeEdit* m_from;
    QDateTimeEdit* m_until;
    QLineEdit* m_chain;
    QCheckBox* m_staple;
    QCheckBox* m_preauthorize;
    TagField* m_tags;
    bool m_takesValidity = true;
    bool m_preauthorizes = false;
};

} // namespace ui
