// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/order_options_form.h"

#include "lifecycle/order_input.h"
#include "ui/common/form.h"
#include "ui/common/key_type_text.h"
#include "ui/common/tag_field.h"
#include "ui/common/widgets.h"
#include "ui/orders/csr_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 secondsInDay = 24LL * 60 * 60;
constexpr int daysProposed = 30;

QDateTimeEdit* makeMoment(const QString& objectName, const QString& accessibleName)
{
    auto* edit = new QDateTimeEdit;
    edit->setObjectName(objectName);
    edit->setAccessibleName(accessibleName);
    edit->setDisplayFormat(u"yyyy-MM-dd HH:mm"_s);
    return edit;
}

/// "12h", "7d", "90 d" in seconds; 0 where it is none.
qint64 secondsIn(const QString& text)
{
    static const QRegularExpression form(u"^\\s*(\\d{1,5})\\s*([hd])\\s*$"_s);
    const auto match = form.match(text.toLower());
    if (!match.hasMatch())
        return 0;
    return match.captured(1).toLongLong() * (match.captured(2) == u"d" ? secondsInDay : 60 * 60);
}

} // namespace

OrderOptionsForm::OrderOptionsForm(QWidget* parent)
    : QWidget(parent)
    , m_form(new Form)
    , m_source(
          makeComboBox(u"optionsKeySource"_s, {tr("Made here, in the vault"), tr("Elsewhere: I have a request (CSR)")}))
    , m_csr(new CsrField)
    , m_csrRenewal(
          makeComboBox(u"optionsCsrRenewal"_s, {tr("Wait for a fresh request"), tr("Send the same request again")}))
    , m_keyType(makeComboBox(u"newCertificateKeyType"_s))
    , m_keyRenewal(makeComboBox(u"optionsKeyRenewal"_s, {tr("A new key each time"), tr("Keep the key")}))
    , m_profile(makeComboBox(u"newCertificateProfile"_s))
    , m_validity(
          makeComboBox(u"optionsValidity"_s,
                       {tr("As the authority chooses"), tr("A lifetime, at each renewal"), tr("From and until")}))
    , m_lifetime(new QLineEdit)
    , m_from(makeMoment(u"optionsNotBefore"_s, tr("Valid from")))
    , m_until(makeMoment(u"optionsNotAfter"_s, tr("Valid until")))
    , m_chain(new QLineEdit)
    , m_staple(new QCheckBox(tr("Demand a s&tapled OCSP response")))
    , m_preauthorize(new QCheckBox(tr("Prove the names b&efore ordering")))
    , m_tags(new TagField(u"newCertificateTags"_s, tr("Tags")))
{
    buildForm();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    connect(m_source, &QComboBox::currentIndexChanged, this, &OrderOptionsForm::showChosen);
    connect(m_source, &QComboBox::currentIndexChanged, this, &OrderOptionsForm::requestChanged);
    connect(m_validity, &QComboBox::currentIndexChanged, this, &OrderOptionsForm::showChosen);
    connect(m_profile, &QComboBox::currentIndexChanged, this, &OrderOptionsForm::showProfile);
    connect(m_csr, &CsrField::changed, this, &OrderOptionsForm::requestChanged);
    clear();
}

void OrderOptionsForm::buildForm()
{
    fillKeyTypes(m_keyType, false);
    m_chain->setObjectName(u"optionsPreferredChain"_s);
    m_chain->setPlaceholderText(tr("the authority's default"));
    m_staple->setObjectName(u"optionsMustStaple"_s);
    m_staple->setAccessibleName(tr("Demand a stapled OCSP response"));
    m_preauthorize->setObjectName(u"optionsPreauthorize"_s);
    m_preauthorize->setAccessibleName(tr("Prove the names before ordering"));
    m_form->addRow(u"keySource"_s, tr("Private key"), m_source);
    m_form->addRow(u"csr"_s, tr("Re&quest"), m_csr, tr("The names come from it, and the key stays where it is."));
    m_form->addRow(u"csrReuse"_s, tr("Renewals"), m_csrRenewal);
    m_form->addRow(u"keyType"_s, tr("&Key"), m_keyType);
    m_form->addRow(u"keepKey"_s, tr("Renewals"), m_keyRenewal);
    m_form->addRow(u"profile"_s, tr("Pro&file"), m_profile);
    m_form->addRow(u"notAfter"_s, tr("&Validity"), makeValidity());
    m_form->addRow(u"preferredChain"_s, tr("Chain up to"), m_chain,
                   tr("Name or SHA-256 of a root or issuer, where the authority offers several chains."));
    m_form->addRow(u"mustStaple"_s, tr("Stapling"), m_staple);
    m_form->addRow(u"preauthorize"_s, tr("Order of things"), m_preauthorize);
    m_form->addRow(u"tags"_s, tr("Ta&gs"), m_tags,
                   tr("To find it, and to issue it again together with others. Apart by commas."));
}

QWidget* OrderOptionsForm::makeValidity()
{
    m_lifetime->setObjectName(u"optionsLifetime"_s);
    m_lifetime->setAccessibleName(tr("Lifetime"));
    m_lifetime->setPlaceholderText(tr("12h, 7d, 90d"));
    auto* editor = new QWidget;
    auto* layout = new QHBoxLayout(editor);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_validity, 1);
    layout->addWidget(m_lifetime, 1);
    layout->addWidget(m_from, 1);
    layout->addWidget(m_until, 1);
    return editor;
}

void OrderOptionsForm::clear()
{
    const QDateTime now = QDateTime::currentDateTime();
    m_csr->clear();
    m_chain->clear();
    m_lifetime->clear();
    m_from->setDateTime(now);
    m_until->setDateTime(now.addDays(daysProposed));
    for (QComboBox* box : {m_source, m_csrRenewal, m_keyType, m_keyRenewal, m_profile, m_validity})
        box->setCurrentIndex(0);
    m_staple->setChecked(false);
    m_preauthorize->setChecked(false);
    m_tags->clear();
    showChosen();
}

void OrderOptionsForm::offerTags(const QStringList& names)
{
    m_tags->setKnown(names);
}

void OrderOptionsForm::offer(const lifecycle::Authority& authority)
{
    const lifecycle::OrderAbilities abilities = lifecycle::abilitiesOf(authority);
    m_profiles = authority.meta.profiles;
    m_profile->clear();
    m_profile->addItem(tr("As the authority chooses"), QString());
    for (const QString& profile : m_profiles.keys())
        m_profile->addItem(profile, profile);
    m_takesValidity = abilities.validity;
    m_preauthorizes = abilities.preauthorization;
    if (!m_takesValidity)
        m_validity->setCurrentIndex(OfTheAuthority);
    if (!m_preauthorizes)
        m_preauthorize->setChecked(false);
    m_form->setHint(u"mustStaple"_s,
                    abilities.ocsp ? tr("Off unless you know that the servers staple.")
                                   : tr("“%1” runs no OCSP responder: a certificate that demands stapling cannot be "
                                        "served.")
                                         .arg(authority.name));
    showChosen();
}

bool OrderOptionsForm::usesRequest() const
{
    return m_source->currentIndex() == Elsewhere;
}

QList<base::Identifier> OrderOptionsForm::requestedNames() const
{
    return usesRequest() && m_csr->request() ? m_csr->request()->names : QList<base::Identifier>();
}

void OrderOptionsForm::showChosen()
{
    const bool here = !usesRequest();
    m_form->setRowVisible(u"csr"_s, !here);
    m_form->setRowVisible(u"csrReuse"_s, !here);
    m_form->setRowVisible(u"keyType"_s, here);
    m_form->setRowVisible(u"keepKey"_s, here);
    m_form->setRowVisible(u"profile"_s, !m_profiles.isEmpty());
    m_form->setRowVisible(u"mustStaple"_s, here);
    m_form->setRowVisible(u"notAfter"_s, m_takesValidity);
    m_form->setRowVisible(u"preauthorize"_s, m_preauthorizes);
    m_lifetime->setVisible(m_validity->currentIndex() == Lifetime);
    m_from->setVisible(m_validity->currentIndex() == Period);
    m_until->setVisible(m_validity->currentIndex() == Period);
}

void OrderOptionsForm::showProfile()
{
    m_form->setHint(u"profile"_s, m_profiles.value(m_profile->currentData().toString()));
}

bool OrderOptionsForm::fillValidity(lifecycle::IssueRequest& request)
{
    if (m_validity->currentIndex() == Lifetime) {
        request.lifetimeSeconds = secondsIn(m_lifetime->text());
        if (request.lifetimeSeconds > 0)
            return true;
        m_form->setFault(u"notAfter"_s, tr("Write a lifetime in hours or days: 12h, 7d, 90d."), true);
        return false;
    }
    if (m_validity->currentIndex() == Period) {
        request.notBefore = m_from->dateTime().toUTC();
        request.notAfter = m_until->dateTime().toUTC();
    }
    return true;
}

bool OrderOptionsForm::fillTags(lifecycle::IssueRequest& request)
{
    auto tags = m_tags->tags();
    if (!tags) {
        m_form->setFault(u"tags"_s, tags.error().detail(), true);
        return false;
    }
    request.tags = *std::move(tags);
    return true;
}

bool OrderOptionsForm::fill(lifecycle::IssueRequest& request)
{
    clearFaults();
    request.keyType = chosenKeyType(m_keyType);
    request.profile = m_profile->currentData().toString();
    request.preferredChain = m_chain->text().trimmed();
    request.preauthorize = m_preauthorizes && m_preauthorize->isChecked();
    if (!fillTags(request))
        return false;
    if (!usesRequest()) {
        request.keepKey = m_keyRenewal->currentIndex() == 1;
        request.mustStaple = m_staple->isChecked();
        return fillValidity(request);
    }
    if (!m_csr->request()) {
        m_form->setFault(u"csr"_s, tr("Paste the certificate request, or read it from a file."), true);
        return false;
    }
    request.csrDer = m_csr->request()->der;
    request.reuseCsr = m_csrRenewal->currentIndex() == 1;
    return fillValidity(request);
}

bool OrderOptionsForm::showError(const base::Error& error)
{
    const bool aboutValidity = error.field() == u"notBefore" || error.field() == u"lifetime";
    return m_form->showError(aboutValidity ? base::Error(error).about(u"notAfter"_s) : error);
}

void OrderOptionsForm::clearFaults()
{
    m_form->clearFaults();
}

} // namespace ui
